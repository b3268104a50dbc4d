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

  public static let person = ObjectType(.marketo, "person")
  public static let company = ObjectType(.marketo, "company")
  public static let salesPerson = ObjectType(.marketo, "sales_person")
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
