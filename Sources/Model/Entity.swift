/// What people call a kind of record that is kept in step: `lead`, `contact`, `account`, `user`,
/// `team`, `opportunity`, or the name that the configuration gives to a custom entity.
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
  public static let team = Entity(rawValue: "team")
  public static let opportunity = Entity(rawValue: "opportunity")
  /// The derived set of an opportunity's persons, one record a person and role.
  public static let opportunityRole = Entity(rawValue: "opportunity_role")
}

extension Entity: CustomStringConvertible {
  public var description: String { rawValue }
}

extension Entity: Comparable {
  public static func < (one: Entity, other: Entity) -> Bool { one.rawValue < other.rawValue }
}
