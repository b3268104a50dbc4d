/// One event that a feed reports without the record's values (a Marketo activity).
public struct Notice: Hashable, Sendable {
  /// The event's own identity, by which a second telling is known.
  public var id: String
  public var record: RecordID
  public var event: Event
  public var at: Instant
  /// The event says that an API client made the change: a label, and evidence in recovery alone.
  public var isFromAPI: Bool
  /// The event asks that the record becomes one of the other side.
  public var isRequest: Bool

  public enum Event: Hashable, Sendable {
    case created
    /// A field got `newValue`, in canonical spelling where it can be read; `nil` when it was emptied.
    case changed(field: FieldName, newValue: String?)
    /// `losers` are now part of the record.
    case merged(losers: [RecordID])
    case deleted
  }

  public init(
    id: String, record: RecordID, event: Event, at: Instant, isFromAPI: Bool,
    isRequest: Bool = false
  ) {
    self.id = id
    self.record = record
    self.event = event
    self.at = at
    self.isFromAPI = isFromAPI
    self.isRequest = isRequest
  }
}
