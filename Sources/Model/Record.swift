/// One record as one side held it when it was read: selected fields plus facts.
public struct Record: Hashable, Sendable {
  public var id: RecordID
  /// The side's own version for a conditional write; `nil` where the side has none.
  public var version: String?
  /// Selected fields.
  ///
  /// A missing one is *unknown* (not readable), which differs from ``Value/empty``.
  public var fields: [FieldName: Value]
  public var facts: Facts

  public init(
    id: RecordID, version: String? = nil, fields: [FieldName: Value], facts: Facts = Facts()
  ) {
    self.id = id
    self.version = version
    self.fields = fields
    self.facts = facts
  }
}

/// What is known of a record that was looked for.
public enum Presence: Hashable, Sendable {
  /// The side does not hold it and tells nothing more.
  case absent
  /// The side said that it was deleted.
  case deleted
  case present(Record)
  /// More than one answers to the key.
  case several([RecordID])

  public var record: Record? {
    if case .present(let record) = self { record } else { nil }
  }
}
