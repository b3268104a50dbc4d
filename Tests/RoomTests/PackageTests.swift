import Foundation
import Testing

/// `Package.swift` declares what the files import: the package manager builds without it, wrongly.
@Suite struct PackageTests {
  /// The modules of the toolchain, which need no declaration.
  private static let toolchain: Set<String> = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Synchronization", "Dispatch",
    "Glibc", "Darwin", "Musl", "Testing",
  ]

  /// Products of more than one module; Hummingbird exports HTTPTypes as its own vocabulary.
  private static let modules: [String: Set<String>] = [
    "ServiceLifecycle": ["ServiceLifecycle", "UnixSignals"],
    "Hummingbird": ["Hummingbird", "HummingbirdCore", "HTTPTypes"],
    "Collections": ["Collections", "DequeModule", "OrderedCollections"],
  ]

  /// What each target declares, by name.
  private func declared() throws -> [String: Set<String>] {
    let manifest = try String(
      contentsOf: SourceTree.root.appending(path: "Package.swift"), encoding: .utf8)
    let products = Dictionary(
      manifest.matches(of: #/let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/#)
        .map { (String($0.1), String($0.2)) }
    ) { first, _ in first }
    let targets = manifest.split(separator: "\n    .").filter {
      $0.contains(#/^(target|executableTarget|testTarget)\(/#)
    }
    return Dictionary(
      try targets.map { target in
        let name = try #require(target.firstMatch(of: #/name: "([\w-]+)"/#)).1
        let list = target.firstMatch(of: #/dependencies: \[([^\]]*)\]/#)?.1 ?? ""
        let names = list.split { $0 == "," || $0.isWhitespace }.map(String.init).map { word in
          word.hasPrefix("\"") ? word.filter { $0 != "\"" } : products[word] ?? word
        }
        return (String(name), Set(names.flatMap { Self.modules[$0] ?? [$0] }))
      }
    ) { first, _ in first }
  }

  @Test func `every room is a target`() throws {
    let targets = try declared()

    #expect(SourceTree.rooms.filter { targets[$0] == nil } == [])
    #expect(targets["Store"]?.contains("GRDB") == true)
  }

  @Test(arguments: SourceTree.rooms)
  func `a room declares what its files import`(_ room: String) throws {
    let declared = try #require(try declared()[room])
    let imported = Set(try SourceTree.files(of: room).flatMap(\.imports))

    #expect(imported.subtracting(declared).subtracting(Self.toolchain) == [])
  }

  @Test func `a test target declares what its files import`() throws {
    let targets = try declared()
    let folder = SourceTree.root.appending(path: "Tests")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      guard name.hasSuffix("Tests") else { continue }
      let declared = try #require(targets[name], "\(name) is no target")
      let own: Set<String> = ["dynsync_cli"]
      let imported = Set(try SourceTree.tests(of: name).flatMap(\.imports))
      let missing = imported.subtracting(declared).subtracting(Self.toolchain).subtracting(own)
      #expect(missing == [], "\(name)")
    }
  }

  @Test func `warnings are errors in every target`() throws {
    let manifest = try String(
      contentsOf: SourceTree.root.appending(path: "Package.swift"), encoding: .utf8)
    let targets = manifest.ranges(of: #/\n    \.(target|executableTarget|testTarget)\(/#)

    #expect(manifest.contains(".treatAllWarnings(as: .error)"))
    #expect(manifest.ranges(of: "swiftSettings: house").count == targets.count)
  }

  @Test func `every version is pinned`() throws {
    let manifest = try String(
      contentsOf: SourceTree.root.appending(path: "Package.swift"), encoding: .utf8)
    let packages = manifest.split(separator: "\n").filter { $0.contains(".package(url:") }

    #expect(!packages.isEmpty)
    #expect(packages.filter { !$0.contains("exact: \"") } == [])
  }
}
