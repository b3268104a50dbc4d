import Model

/// A write that a service received and refused.
struct RefusedWrite: Hashable, Sendable {
  var side: Side
  var object: ObjectType
  /// The record's id, or the key of one that was to be made.
  var record: String
  /// The field that is to blame; `nil` for the whole record.
  var field: FieldName?
  var value: Value
  var operation: Int64
  /// Which database the sync worked with; set by the world if it is `nil`.
  var epoch: Int?
  /// When it was refused; set by the world.
  var at = Instant(seconds: 0)

  init(_ write: Write, field: FieldName?, epoch: Int?) {
    side = write.object.side
    object = write.object
    switch write.action {
    case .create(let key): record = key
    case .update(let id, _), .delete(let id): record = id.text
    }
    self.field = field
    value = field.flatMap { write.fields[$0] } ?? .empty
    operation = write.operation
    self.epoch = epoch
  }

  /// Whether the same was refused; what is typed is of one record alone, which may have been made since.
  func isSame(as other: RefusedWrite) -> Bool {
    object == other.object && field == other.field && value == other.value
      && (record == other.record || field != nil)
  }
}
