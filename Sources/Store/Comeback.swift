import GRDB
import Model

/// One pair of fields of a record that every run writes and something puts back each time.
public struct Comeback: Hashable, Sendable {
  public var pair: String
  /// What each side was given and did not keep, as canonical text; `""` is an empty value.
  public var values: [Side: Set<String>]
  /// When the first of these writes was made.
  public var since: Instant

  public init(pair: String, values: [Side: Set<String>], since: Instant) {
    self.pair = pair
    self.values = values
    self.since = since
  }

  /// Whether the value was given to the side before, and did not last.
  public func holds(_ value: Value, on side: Side) -> Bool {
    values[side]?.contains(value.canonicalText ?? "") ?? false
  }
}

/// One applied write of one pair, as the record's operations keep it.
struct PastWrite: Hashable {
  var run: Int64
  var side: Side
  /// What the other side held.
  var source: String
  var sent: String
  /// What the written side should then have held.
  var predicted: String
  /// What it held before.
  var before: String
  var at: Instant

  /// Whether the written side held something else by the time of the next write.
  func wasUndone(before next: PastWrite) -> Bool {
    (next.side == side ? next.before : next.source) != predicted
  }
}

extension Comeback {
  /// How many runs one after another must have written the field in vain.
  static let runs = 5

  /// Looks for one in a pair's writes, oldest first.
  ///
  /// Each must have been undone by the time of the next, and no side have been given more than two
  /// values: a third is somebody's edit.
  init?(pair: String, writes: [PastWrite]) {
    guard let first = writes.first, Set(writes.map(\.run)).count >= Self.runs,
      zip(writes, writes.dropFirst()).allSatisfy({ $0.wasUndone(before: $1) })
    else { return nil }
    let values = Dictionary(grouping: writes, by: \.side).mapValues { Set($0.map(\.sent)) }
    guard values.values.allSatisfy({ $0.count <= 2 }) else { return nil }
    self.init(pair: pair, values: values, since: first.at)
  }
}
