import Foundation
import Testing

/// The files of the project, read as text: what the package manager does not guard is checked here.
enum SourceTree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The rooms: the folders of Sources, Migrations and Benchmarks.
  static let rooms = [
    "Model", "Migrations", "Store", "Sync", "Simulation", "Transport", "Dynamics", "Marketo",
    "Sandbox", "dynsync-cli", "Benchmarks",
  ]

  /// One Swift file with its room and its path below it.
  struct File: Sendable, CustomTestStringConvertible {
    var room: String
    var path: String
    var text: String

    var testDescription: String { "\(room)/\(path)" }

    /// Each line without its comments and the content of its texts' interpolation marks.
    var code: [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let bare = line.drop { $0 == " " }
        return bare.hasPrefix("//") ? "" : line
      }
    }

    /// The modules that the file imports.
    var imports: [String] {
      code.compactMap { line in
        let words = line.split(separator: " ").filter { !$0.hasPrefix("@") }
        guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else {
          return nil
        }
        let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "let", "var"]
        let names = words[(place + 1)...].filter { !kinds.contains($0) }
        return names.first.map { String($0.split(separator: ".")[0]) }
      }
    }

    /// The numbers of the lines on which `words` stands in code.
    func lines(holding words: String) -> [Int] {
      code.enumerated().compactMap { $1.contains(words) ? $0 + 1 : nil }
    }
  }

  /// The Swift files of one room.
  static func files(of room: String) throws -> [File] {
    let isTop = ["Migrations", "Benchmarks"].contains(room)
    let folder = isTop ? root.appending(path: room) : root.appending(path: "Sources/\(room)")
    return try swiftFiles(in: folder, room: room)
  }

  /// Every Swift file of every room.
  static func all() throws -> [File] { try rooms.flatMap(files(of:)) }

  /// The Swift files of one test target.
  static func tests(of target: String) throws -> [File] {
    try swiftFiles(in: root.appending(path: "Tests/\(target)"), room: target)
  }

  private static func swiftFiles(in folder: URL, room: String) throws -> [File] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      File(
        room: room, path: path,
        text: try String(contentsOf: folder.appending(path: path), encoding: .utf8))
    }
  }
}
