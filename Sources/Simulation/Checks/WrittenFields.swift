import Model
import Store

/// What the operations of a database say that they wrote, field by field.
struct WrittenFields {
  private var predicted: [String: String] = [:]
  private var logged: Set<String> = []

  init(_ store: Store) throws {
    for row in try store.query(
      "SELECT operation_id, field, predicted_value, pair FROM operation_field"
    ).texts {
      predicted["\(row[0]) \(row[1])"] = row[2]
    }
    for row in try store.query(
      """
      SELECT l.operation_id, f.field FROM activity_log AS l JOIN operation_field AS f
        ON f.operation_id = l.operation_id AND (f.pair = l.field OR l.action = 'created')
      """
    ).texts {
      logged.insert("\(row[0]) \(row[1])")
    }
  }

  /// What is wrong with a write of ours that was applied; a create carries its key as well.
  func check(_ entry: LedgerEntry, _ operation: Int64, isCreate: Bool) -> String? {
    let name = "\(operation) \(entry.field)"
    guard let predicted = predicted[name] else {
      return isCreate && entry.side == .marketo ? nil : "its operation names no such field"
    }
    if !predicted.isSameEdit(as: entry.after) {
      return "its operation says '\(predicted)'"
    }
    return logged.contains(name) ? nil : "no line of the log names the field"
  }
}
