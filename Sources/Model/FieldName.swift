/// The name of a field in its side's own vocabulary, letter for letter.
public struct FieldName: RawRepresentable, Hashable, Sendable {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

extension FieldName {
  /// The owner, which is a fact and no field, where a write to Dynamics may set it.
  public static let owner = FieldName("_owner")
}

extension FieldName: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { rawValue = value }
}

extension FieldName: CustomStringConvertible {
  public var description: String { rawValue }
}

extension FieldName: Comparable {
  public static func < (one: FieldName, other: FieldName) -> Bool { one.rawValue < other.rawValue }
}
