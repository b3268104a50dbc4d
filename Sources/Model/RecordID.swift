/// The identity of one record on one side, as canonical text.
///
/// Dynamics: the row's GUID in lower case. Marketo person: the decimal Marketo id. Marketo company,
/// sales person, opportunity and custom object: the value of their dedupe field. Role: a ``RoleKey``.
public struct RecordID: Hashable, Sendable {
  public var side: Side
  public var text: String

  public init(_ side: Side, _ text: String) {
    self.side = side
    self.text = text
  }

  public static func dynamics(_ text: String) -> RecordID { RecordID(.dynamics, text) }
  public static func marketo(_ text: String) -> RecordID { RecordID(.marketo, text) }
}

extension RecordID: Comparable {
  public static func < (one: RecordID, other: RecordID) -> Bool {
    (one.side.rawValue, one.text) < (other.side.rawValue, other.text)
  }
}

extension RecordID: CustomStringConvertible {
  public var description: String { "\(side) \(text)" }
}
