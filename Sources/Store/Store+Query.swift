import GRDB
import Migrations
import Model

/// The answer to a question in SQL.
public struct QueryResult: Hashable, Sendable {
  public enum Cell: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
  }

  public var columns: [String]
  public var rows: [[Cell]]

  public init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}

/// A connection that can only read: what people ask goes through it.
public final class Reader: Sendable {
  /// The file that is read.
  public let path: String
  private let database: DatabaseQueue

  /// Opens the file at `path` for reading; the file must exist.
  ///
  /// Refuses a file that holds a step of the schema which this program does not know.
  public init(path: String, steps: [MigrationStep] = MigrationStep.all) throws {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    database = try StoreError.telling("open the database for reading") { [configuration] in
      try DatabaseQueue(path: path, configuration: configuration)
    }
    try SchemaVersion(of: database).refuseNewer(than: steps)
  }

  /// Copies everything into `copy`, as it is at one moment; writers go on meanwhile.
  func backUp(to copy: DatabaseQueue) throws { try database.backup(to: copy) }

  func read<Result>(_ attempt: String, _ body: (Database) throws -> Result) throws -> Result {
    try StoreError.telling(attempt) { try database.read(body) }
  }

  /// Runs one statement of SQL with the values of its `?`.
  public func query(_ sql: String, _ values: [String] = []) throws -> QueryResult {
    try QueryResult(sql, values, of: database)
  }
}

extension QueryResult {
  fileprivate init(_ sql: String, _ values: [String], of database: DatabaseQueue) throws {
    do {
      self = try database.read { db in
        try QueryResult(values, of: db.makeStatement(sql: sql))
      }
    } catch let error as DatabaseError {
      guard error.resultCode == .SQLITE_ERROR || error.resultCode == .SQLITE_READONLY
      else { throw StoreError(error, "answer the query") }
      throw StoreError(
        .badQuery, "answer the query", error.message ?? "SQLite refused it",
        mend: "the tables and columns are described in docs/schema.md")
    }
  }

  fileprivate init(_ values: [String], of statement: Statement) throws {
    let rows = try Row.fetchAll(statement, arguments: StatementArguments(values))
    self.init(
      columns: statement.columnNames, rows: rows.map { $0.databaseValues.map(Cell.init) })
  }
}

extension QueryResult.Cell {
  fileprivate init(_ value: DatabaseValue) {
    self =
      switch value.storage {
      case .null: .null
      case .int64(let number): .integer(number)
      case .double(let number): .real(number)
      case .string(let text): .text(text)
      case .blob(let data): .text("(\(data.count) bytes)")
      }
  }
}

extension Store {
  /// Runs one statement of SQL that only reads; asked again, it is not compiled again.
  public func query(_ sql: String, _ values: [String] = []) throws -> QueryResult {
    try read("answer the query") { db in
      let statement = try db.cachedStatement(sql: sql)
      guard statement.isReadonly else {
        throw StoreError(.badQuery, "answer the query", "it would write")
      }
      return try QueryResult(values, of: statement)
    }
  }

  /// How many things are left to do, and how many errors are listed: in all, or for some Dynamics
  /// records alone.
  public func leftovers(of ids: Set<String>? = nil) throws -> (backlog: Int, errors: Int) {
    // A role begins with the id of its opportunity.
    let condition =
      ids.map {
        """
        WHERE CASE entity WHEN \(literal(Entity.opportunityRole.rawValue))
          THEN substr(dynamics_id, 1, instr(dynamics_id, '/') - 1) ELSE dynamics_id END
          IN (\(placeholders($0.count)))
        """
      } ?? ""
    let arguments = StatementArguments(ids?.sorted() ?? [])
    return try read("count what is left to do") { db in
      func count(_ table: String) throws -> Int {
        try Int.fetchOne(
          db.cachedStatement(sql: "SELECT count(*) FROM \(table) \(condition)"),
          arguments: arguments) ?? 0
      }
      return (try count("backlog"), try count("sync_error"))
    }
  }
}
