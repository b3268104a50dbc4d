import Model
import Transport

/// How far the activities of persons have been read.
struct ActivityWatermark: Hashable, Sendable {
  /// The server's time at which the read began: the next one starts before it, never after.
  var since: Instant
  /// The moment from which the unfinished read reads; `nil` when it is complete.
  ///
  /// With it the read can be begun again where its tokens are no longer known.
  var from: Instant?
  /// The next page of activities; `nil` when they are read.
  var activities: String?
  /// The next page of deletions; `nil` when they are read.
  var deletions: String?

  var isComplete: Bool { activities == nil && deletions == nil }

  /// A finished read that began at `since`.
  init(completeSince since: Instant) { self.since = since }

  /// A read that starts at `from`: one token begins both lists.
  init(since: Instant, from: Instant, token: String) {
    self.since = since
    self.from = from
    activities = token
    deletions = token
  }

  /// `nil` for a text that this type did not write.
  init?(_ watermark: Watermark) {
    guard let json = try? JSON(parsing: Array(watermark.text.utf8)),
      let since = json["since"]?.string.flatMap({ Instant($0) })
    else { return nil }
    self.since = since
    from = json["from"]?.string.flatMap { Instant($0) }
    activities = json["activities"]?.string
    deletions = json["deletions"]?.string
  }

  /// The text that is stored: JSON, so that people can read how far a run came.
  var watermark: Watermark {
    var members: [String: JSON] = ["since": .string(since.text)]
    if !isComplete {
      members["from"] = from.map { .string($0.text) }
      members["activities"] = activities.map(JSON.string)
      members["deletions"] = deletions.map(JSON.string)
    }
    let text = String(decoding: JSON.object(members).encoded(), as: UTF8.self)
    return Watermark(text, isComplete: isComplete)
  }
}
