import Model

/// Where a read of one table stands: what a Dynamics watermark's text says.
///
/// The text is `phase binding place`, as in `changes 5f0c… /api/data/v9.2/leads?…`. Only a link's
/// path and query are kept: the host is the configured one, always.
struct FeedPosition: Hashable, Sendable {
  var phase: Phase
  /// What the position is bound to: the table and the columns that are read.
  var binding: String
  var place: Place

  enum Phase: String, Hashable, Sendable {
    /// Within a read of all rows.
    case all
    /// Within, or at the end of, a read of what changed.
    case changes
  }

  enum Place: Hashable, Sendable {
    /// A delta link, or the link to the next page of a tracked read.
    case link(String)
    /// The highest row version that was read, where the table is not tracked.
    case version(Int64)
  }

  init(_ phase: Phase, binding: String, _ place: Place) {
    self.phase = phase
    self.binding = binding
    self.place = place
  }

  /// `nil` for a text that no version of this connector wrote.
  init?(text: String) {
    let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let phase = Phase(rawValue: String(parts[0])) else { return nil }
    let place = String(parts[2])
    if place.hasPrefix("/") {
      self.init(phase, binding: String(parts[1]), .link(place))
    } else if let version = Int64(place) {
      self.init(phase, binding: String(parts[1]), .version(version))
    } else {
      return nil
    }
  }

  var text: String {
    switch place {
    case .link(let link): "\(phase.rawValue) \(binding) \(link)"
    case .version(let version): "\(phase.rawValue) \(binding) \(version)"
    }
  }

  /// A short mark of the table and its properties; other columns need a full read.
  ///
  /// FNV-1a in 64 bits: a change must be noticed, nobody forges one.
  static func binding(_ entitySet: String, _ properties: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in ([entitySet] + properties).joined(separator: ",").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
