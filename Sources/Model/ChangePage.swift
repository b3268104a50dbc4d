/// One page of a feed: what changed, and the watermark that is true once the page is applied.
public struct ChangePage: Hashable, Sendable {
  /// Current values of records that changed (feeds of kind ``FeedKind/records``).
  public var records: [Record]
  /// Records that the side says are gone.
  public var deletions: [RecordID]
  /// What happened to records whose values are not told (feeds of kind ``FeedKind/notices``).
  public var notices: [Notice]
  /// Part of a full read: after its last page, a record that no page held is gone.
  public var isFullRead: Bool
  /// Stored together with the page; `isComplete` on the last page.
  public var watermark: Watermark

  public init(
    records: [Record] = [], deletions: [RecordID] = [], notices: [Notice] = [],
    isFullRead: Bool = false, watermark: Watermark
  ) {
    self.records = records
    self.deletions = deletions
    self.notices = notices
    self.isFullRead = isFullRead
    self.watermark = watermark
  }
}
