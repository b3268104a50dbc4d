/// What people call a kind of record that is kept in step: `lead`, `contact`, `account`, `user`, or
/// the name that the configuration gives to a custom entity.
///
/// An entity ties one ``ObjectType`` of Dynamics to one of Marketo; two entities may share an object
/// (leads and contacts are both persons in Marketo).
public struct Entity: RawRepresentable, Hashable, Sendable {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let lead = Entity(rawValue: "lead")
  public static let contact = Entity(rawValue: "contact")
  public static let account = Entity(rawValue: "account")
  public static let user = Entity(rawValue: "user")
}

extension Entity: CustomStringConvertible {
  public var description: String { rawValue }
}

extension Entity: Comparable {
  public static func < (one: Entity, other: Entity) -> Bool { one.rawValue < other.rawValue }
}
