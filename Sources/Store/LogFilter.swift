import Model

/// Which rows of the activity log are asked for; what is not given does not matter.
public struct LogFilter: Hashable, Sendable {
  public var record: RecordMatch?
  public var run: Int64?
  public var actions: Set<LogAction> = []
  /// The side that was written.
  public var side: Side?
  public var entity: Entity?
  /// A field in either side's spelling, or a pair.
  public var field: String?
  /// From this moment on.
  public var since: Instant?
  /// Up to this moment, and with it.
  public var until: Instant?
  /// Whether a create is one row for each field that it wrote, rather than one for the record.
  ///
  /// With a `field` it always is.
  public var spreadsCreates = false

  public init(record: RecordMatch? = nil, field: String? = nil) {
    self.record = record
    self.field = field
  }
}
