public import GRDB

/// The SQLite database in which the sandbox keeps both services' state.
public struct SandboxState: Sendable {
  public let database: any DatabaseWriter

  /// Opens the file at a path, creating it where there is none, with the tables of both services.
  ///
  /// Several processes may have it open at a time.
  public init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      if !db.configuration.readonly { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
    }
    try self.init(DatabasePool(path: path, configuration: configuration))
  }

  /// Makes a state that lives in memory and ends with this value.
  public init() throws {
    try self.init(DatabaseQueue())
  }

  private init(_ database: any DatabaseWriter) throws {
    self.database = database
    try database.write { db in
      try DynamicsService.createTables(db)
      try MarketoService.createTables(db)
    }
  }
}
