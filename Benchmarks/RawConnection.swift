import GRDBSQLite
import Store

/// SQLite by its C interface alone: what the raw limits are measured with.
final class RawConnection {
  let handle: OpaquePointer

  /// Opens the file as a store does: for one thread at a time, with a write-ahead log that is
  /// synchronised at checkpoints.
  init(path: String) throws {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK, let opened else {
      throw RawError(words: "could not open \(path)")
    }
    handle = opened
    try execute(
      """
      PRAGMA cache_size = -32768; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON
      """)
  }

  deinit { sqlite3_close_v2(handle) }

  func execute(_ sql: String) throws { try Self.execute(sql, on: handle) }

  /// Runs statements on a connection that is somebody else's.
  static func execute(_ sql: String, on handle: OpaquePointer) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw RawError(words: String(cString: sqlite3_errmsg(handle)))
    }
  }

  /// A compiled statement; the caller finalises it.
  static func prepare(_ sql: String, on handle: OpaquePointer) throws -> OpaquePointer {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw RawError(words: String(cString: sqlite3_errmsg(handle)))
    }
    return statement
  }

  /// The first column of the first row, as text.
  static func text(_ sql: String, on handle: OpaquePointer) throws -> String? {
    let statement = try prepare(sql, on: handle)
    defer { sqlite3_finalize(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW else { return nil }
    return sqlite3_column_text(statement, 0).map { String(cString: $0) }
  }
}

/// What SQLite said to a bench.
struct RawError: Error, CustomStringConvertible {
  var words: String

  var description: String { words }
}
