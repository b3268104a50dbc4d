/// How often each thing happened in the cases: what never happens shows nothing.
public struct PropertyCounts: Hashable, Sendable {
  public var rounds = 0
  public var creates = 0
  public var firstLinks = 0
  public var writesToDynamics = 0
  public var writesToMarketo = 0
  public var agreements = 0
  public var collisions = 0
  public var emptied = 0
  public var optOuts = 0
  public var asked = 0
  public var waiting = 0
  public var normalised = 0
  public var lateEdits = 0
  public var endings = 0

  init() {}

  /// Each count with its name, in the order in which they are told.
  public var named: [(name: String, count: Int)] {
    Self.fields.map { ($0, self[keyPath: $1]) }
  }

  mutating func add(_ other: PropertyCounts) {
    for (_, field) in Self.fields { self[keyPath: field] += other[keyPath: field] }
  }

  private static var fields: [(String, WritableKeyPath<PropertyCounts, Int>)] {
    [
      ("rounds", \.rounds), ("creates", \.creates), ("first links", \.firstLinks),
      ("values written to dynamics", \.writesToDynamics),
      ("values written to marketo", \.writesToMarketo), ("agreements", \.agreements),
      ("collisions", \.collisions), ("values emptied", \.emptied),
      ("opt-outs carried over", \.optOuts), ("questions to a person", \.asked),
      ("waiting values", \.waiting), ("unpredicted forms", \.normalised),
      ("late edits", \.lateEdits), ("links ended", \.endings),
    ]
  }
}
