import GRDB
import Migrations

/// The one SQLite file that holds everything dynsync knows: mirrors, bases, links, intents and log.
///
/// Every method is one transaction, done when it returns; none waits for anything but the disk. A
/// method that throws ``StoreError`` left the file as it was.
public final class Store: Sendable {
  let database: DatabaseQueue
  /// Called before each transaction that writes: what it throws is thrown, and nothing is written.
  let beforeWrite: (@Sendable () throws -> Void)?

  /// Opens the file at `path`, which is made if it is missing.
  public convenience init(path: String) throws {
    try self.init(beforeWrite: nil) {
      try DatabaseQueue(path: path, configuration: Self.configuration(isFile: true))
    }
  }

  /// Opens a database in memory, for tests and simulation.
  ///
  /// `beforeWrite` is called before each transaction that writes, and may end it: the points at which
  /// a process can die.
  public static func inMemory(
    beforeWrite: (@Sendable () throws -> Void)? = nil
  ) throws -> Store {
    try Store(beforeWrite: beforeWrite) {
      try DatabaseQueue(configuration: configuration(isFile: false))
    }
  }

  private init(
    beforeWrite: (@Sendable () throws -> Void)?, _ open: () throws -> DatabaseQueue
  ) throws {
    self.beforeWrite = beforeWrite
    database = try StoreError.telling("open the database", open)
  }

  /// Runs `body` in one transaction; what it throws rolls everything back.
  func write<Result>(_ attempt: String, _ body: (Database) throws -> Result) throws -> Result {
    try beforeWrite?()
    return try forgettingAfterFailure {
      try StoreError.telling(attempt) {
        try database.writeWithoutTransaction { try $0.transaction("IMMEDIATE", body) }
      }
    }
  }

  /// On a full disk SQLite takes the transaction back by itself: what the connection remembers of
  /// tables that were made in it would be wrong.
  private func forgettingAfterFailure<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      database.writeWithoutTransaction { $0.clearSchemaCache() }
      throw error
    }
  }

  /// Runs `body`, which only reads, on one unchanging view of the file.
  ///
  /// GRDB's own read sets and clears `query_only`, and SQLite throws all prepared statements away at
  /// each change of that flag.
  func read<Result>(_ attempt: String, _ body: (Database) throws -> Result) throws -> Result {
    try StoreError.telling(attempt) {
      try database.unsafeRead { try $0.transaction("DEFERRED", body) }
    }
  }

  /// A write that is on the disk when it returns, whatever happens to the machine afterwards.
  func durableWrite<Result>(
    _ attempt: String, _ body: (Database) throws -> Result
  ) throws -> Result {
    try beforeWrite?()
    return try StoreError.telling(attempt) {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        defer { try? db.execute(sql: "PRAGMA synchronous = NORMAL") }
        return try db.transaction("IMMEDIATE", body)
      }
    }
  }

  private static func configuration(isFile: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // Keys come in no order: what is written between two commits should find its pages in memory.
      try db.execute(sql: "PRAGMA cache_size = -32768")
      guard isFile else { return }
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    }
    return configuration
  }
}
