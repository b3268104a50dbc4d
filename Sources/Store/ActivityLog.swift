import GRDB
import Model

/// When and in which run something is written.
struct Stamp {
  var run: Int64
  var at: Instant
}

/// What the activity log says that happened.
public enum LogAction: String, Hashable, Sendable, CaseIterable {
  case linked
  case firstLink = "first_link"
  case created
  case updated
  case agreed
  case collision
  case normalised
  case converted
  case merged
  case deleted
  case rejected
  case skipped
  case unlinked
  case recovered
}

/// One row of the activity log.
struct LogEntry {
  var entity: Entity
  var action: LogAction
  var dynamicsID: String?
  var marketoID: String?
  var side: Side?
  var field: String?
  var dynamicsBase: String?
  var dynamicsValue: String?
  var marketoBase: String?
  var marketoValue: String?
  var written: String?
  var winner: String?
  var rule: String?
  var operation: Int64?
  var errorCode: String?
  var requestID: String?
  var message: String?

  init(
    _ entity: Entity, _ action: LogAction, dynamicsID: String?, marketoID: String? = nil,
    side: Side? = nil, rule: String? = nil, operation: Int64? = nil, requestID: String? = nil,
    message: String? = nil
  ) {
    self.entity = entity
    self.action = action
    self.dynamicsID = dynamicsID
    self.marketoID = marketoID
    self.side = side
    self.rule = rule
    self.operation = operation
    self.requestID = requestID
    self.message = message
  }
}

extension Store {
  /// Adds one row to the log; nothing ever changes or removes it but pruning.
  static func log(_ entry: LogEntry, _ stamp: Stamp, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO activity_log (run_id, at, entity, dynamics_id, marketo_id, action, side, field,
          dynamics_base, dynamics_value, marketo_base, marketo_value, written_value, winner, rule,
          operation_id, error_code, request_id, message)
        VALUES (\(placeholders(19)))
        """)
    try statement.execute(arguments: [
      stamp.run, stamp.at.text, entry.entity.rawValue, entry.dynamicsID, entry.marketoID,
      entry.action.rawValue, entry.side?.rawValue, entry.field, entry.dynamicsBase,
      entry.dynamicsValue, entry.marketoBase, entry.marketoValue, entry.written, entry.winner,
      entry.rule, entry.operation, entry.errorCode, entry.requestID, entry.message,
    ])
  }
}
