import Testing

/// Imports point down only; a connector never sees the database or the other connector.
@Suite struct ImportTests {
  /// What each room may import: the other rooms, and libraries.
  private static let allowed: [String: Set<String>] = [
    "Model": ["Foundation"],
    "Migrations": [],
    "Store": ["Model", "Migrations", "GRDB", "GRDBSQLite", "Crypto", "Foundation"],
    "Sync": ["Model", "Store", "Logging", "Synchronization"],
    "Simulation": ["Model", "Store", "Sync", "Logging", "Synchronization", "Foundation"],
    "Benchmarks": [
      "Model", "Store", "Sync", "Simulation", "GRDBSQLite", "Logging", "Synchronization",
      "Foundation",
    ],
    "Transport": wire.union(["Model", "AsyncHTTPClient"]),
    "Dynamics": wire.union(["Model", "Transport"]),
    "Marketo": wire.union(["Model", "Transport"]),
    "Sandbox": wire.union(["GRDB", "Hummingbird", "HummingbirdCore", "ServiceLifecycle", "Crypto"]),
    "dynsync-cli": wire.union([
      "Model", "Store", "Sync", "Simulation", "Transport", "Dynamics", "Marketo", "Sandbox",
      "Migrations",
      "AsyncHTTPClient", "ServiceLifecycle", "UnixSignals", "ArgumentParser",
      "ArgumentParserToolInfo", "Yams", "GRDB", "Crypto", "Dispatch", "Glibc", "Darwin", "Musl",
    ]),
  ]

  private static let wire: Set<String> = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Logging", "Synchronization",
    "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "NIOFoundationCompat", "HTTPTypes", "Atomics",
    "Collections", "DequeModule", "OrderedCollections",
  ]

  @Test(arguments: SourceTree.rooms)
  func `a room imports what its place in the house allows`(_ room: String) throws {
    let allowed = try #require(Self.allowed[room])
    let files = try SourceTree.files(of: room)
    let trespasses = files.flatMap { file in
      file.imports.filter { !allowed.contains($0) }.map { "\(file.testDescription): \($0)" }
    }

    #expect(!files.isEmpty)
    #expect(trespasses == [])
  }

  @Test func `the map has every room of the house`() {
    #expect(Set(Self.allowed.keys) == Set(SourceTree.rooms))
  }

  /// The files that decide: pure functions of plain values.
  private static let pure = [
    "Reconciler", "RecordPlanner", "Linker", "RecoveryVerdict", "FieldOutcome", "Guard", "Planner",
  ]

  private func pureFiles() throws -> [SourceTree.File] {
    try SourceTree.files(of: "Sync").filter { file in
      let name = file.path.split(separator: "/").last?.split(separator: ".").first ?? ""
      return Self.pure.contains { name == $0 || name.hasPrefix("\($0)+") }
    }
  }

  @Test func `the files that decide import values alone`() throws {
    let files = try pureFiles()

    #expect(files.count >= 5)
    for file in files {
      #expect(Set(file.imports).isSubset(of: ["Model", "Store"]), "\(file.path)")
    }
  }

  /// What only a file that acts may say: the database, a connector, a clock, waiting.
  private static let deeds = [
    "Store(", "store.", "store:", "Connector", "async", "await", "Task", "Clock", "Logger",
    "throw", "try ",
  ]

  @Test(arguments: deeds)
  func `the files that decide touch neither database, service nor clock`(_ deed: String) throws {
    for file in try pureFiles() {
      #expect(file.lines(holding: deed) == [], "\(file.path) has '\(deed)'")
    }
  }
}
