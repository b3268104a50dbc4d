/// A kind of record as one side holds it; each has one mirror table, `<side>_<name>`.
///
/// The names are dynsync's own (`user`, not the vendor's word); a connector knows what the vendor
/// calls them.
public struct ObjectType: Hashable, Sendable {
  public var side: Side
  public var name: String

  public init(_ side: Side, _ name: String) {
    self.side = side
    self.name = name
  }

  public static let lead = ObjectType(.dynamics, "lead")
  public static let contact = ObjectType(.dynamics, "contact")
  public static let account = ObjectType(.dynamics, "account")
  public static let user = ObjectType(.dynamics, "user")
  public static let team = ObjectType(.dynamics, "team")
  public static let opportunity = ObjectType(.dynamics, "opportunity")
  /// What ties an opportunity to a person.
  public static let connection = ObjectType(.dynamics, "connection")
  /// The names of what a person may be in a connection.
  public static let connectionRole = ObjectType(.dynamics, "connection_role")
  /// Who has which role in an opportunity: made from other mirrors, never read from the service.
  public static let derivedRole = ObjectType(.dynamics, "opportunity_role")

  public static let person = ObjectType(.marketo, "person")
  public static let company = ObjectType(.marketo, "company")
  public static let salesPerson = ObjectType(.marketo, "sales_person")
  /// Marketo's opportunity.
  public static let deal = ObjectType(.marketo, "opportunity")
  /// A person's role in a Marketo opportunity.
  public static let role = ObjectType(.marketo, "opportunity_role")
}

extension ObjectType: CustomStringConvertible {
  /// `dynamics lead`, `marketo person`: how messages name it.
  public var description: String { "\(side) \(name)" }
}

extension ObjectType: Comparable {
  public static func < (one: ObjectType, other: ObjectType) -> Bool {
    (one.side.rawValue, one.name) < (other.side.rawValue, other.name)
  }
}
