import GRDB

/// One field that the last run planned to write and did not: what a dry run tells.
public struct PlannedChange: Hashable, Sendable {
  public var entity: String
  public var dynamicsID: String
  /// The side that would be written.
  public var side: String
  public var isCreate: Bool
  public var field: String
  /// Empty where the record holds nothing.
  public var held: String
  /// Empty where nothing would be left.
  public var becomes: String

  public init(
    _ entity: String, _ dynamicsID: String, side: String, isCreate: Bool, field: String,
    held: String, becomes: String
  ) {
    self.entity = entity
    self.dynamicsID = dynamicsID
    self.side = side
    self.isCreate = isCreate
    self.field = field
    self.held = held
    self.becomes = becomes
  }
}

extension Reader {
  /// Hands over what the last run planned and did not send, field by field in the plan's order.
  ///
  /// Only one of them is in memory at a time; all are of one moment.
  public func plan(_ take: (PlannedChange) -> Void) throws {
    try read("read the plan") { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT operation.entity, operation.dynamics_id, operation.side, operation.action,
            coalesce(field.field, ''), coalesce(field.value_before, ''),
            coalesce(field.sent_value, '')
          FROM operation LEFT JOIN operation_field AS field USING (operation_id)
          WHERE operation.status = 'planned'
          ORDER BY operation.operation_id, field.pair
          """)
      while let row = try rows.next() {
        take(
          PlannedChange(
            row[0], row[1], side: row[2], isCreate: row[3] as String == "create", field: row[4],
            held: row[5], becomes: row[6]))
      }
    }
  }
}
