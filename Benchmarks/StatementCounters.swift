import GRDBSQLite
import Store
import Synchronization

/// What SQLite itself counts while statements run on a connection.
struct StatementCounters: Sendable {
  /// Statements that were run.
  var statements = 0
  /// Steps through tables without an index.
  var fullScanSteps = 0
  /// Steps of SQLite's virtual machine.
  var machineSteps = 0
  /// Pages that were looked at, in memory or not.
  var pages = 0
  /// Rows of mirror tables that were inserted, changed or deleted.
  var mirrorRowsWritten = 0
  /// Statements that name a mirror and gave rows.
  var mirrorRowsRead = 0
}

/// Counts what a connection does until it is stopped.
final class CounterTrace: Sendable {
  private let counters = Mutex(StatementCounters())

  /// Counts what `body` does on the store's connection.
  func count(_ store: Store, _ body: () async throws -> Void) async throws -> StatementCounters {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try store.withConnection { handle in
      sqlite3_trace_v2(
        handle, UInt32(SQLITE_TRACE_PROFILE | SQLITE_TRACE_STMT | SQLITE_TRACE_ROW),
        { kind, context, statement, _ in
          guard let context, let statement else { return 0 }
          Unmanaged<CounterTrace>.fromOpaque(context).takeUnretainedValue()
            .note(kind, OpaquePointer(statement))
          return 0
        }, context)
      sqlite3_update_hook(
        handle,
        { context, _, _, table, _ in
          guard let context, let table else { return }
          Unmanaged<CounterTrace>.fromOpaque(context).takeUnretainedValue()
            .noteWrite(String(cString: table))
        }, context)
      _ = Self.pages(handle)
    }
    try await body()
    return try store.withConnection { handle in
      sqlite3_trace_v2(handle, 0, nil, nil)
      sqlite3_update_hook(handle, nil, nil)
      return counters.withLock { counters in
        counters.pages = Self.pages(handle)
        return counters
      }
    }
  }

  private static let mirrors = ["dynamics_contact", "dynamics_account", "marketo_"]

  private func note(_ kind: UInt32, _ statement: OpaquePointer) {
    counters.withLock { counters in
      switch Int32(kind) {
      case SQLITE_TRACE_STMT:
        for counter in [SQLITE_STMTSTATUS_FULLSCAN_STEP, SQLITE_STMTSTATUS_VM_STEP] {
          sqlite3_stmt_status(statement, counter, 1)
        }
      case SQLITE_TRACE_ROW:
        let sql = sqlite3_sql(statement).map { String(cString: $0) } ?? ""
        let isOfMirror = Self.mirrors.contains { sql.contains("\"\($0)") }
        if isOfMirror, !sql.contains("sqlite_master") { counters.mirrorRowsRead += 1 }
      default:
        counters.statements += 1
        counters.fullScanSteps += Int(
          sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1))
        counters.machineSteps += Int(
          sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1))
      }
    }
  }

  private func noteWrite(_ table: String) {
    guard Self.mirrors.contains(where: table.hasPrefix) else { return }
    counters.withLock { $0.mirrorRowsWritten += 1 }
  }

  /// Page look-ups since the last call.
  private static func pages(_ handle: OpaquePointer) -> Int {
    [SQLITE_DBSTATUS_CACHE_HIT, SQLITE_DBSTATUS_CACHE_MISS].reduce(0) { sum, counter in
      var now: Int32 = 0
      var most: Int32 = 0
      sqlite3_db_status(handle, counter, &now, &most, 1)
      return sum + Int(now)
    }
  }
}
