import Model

/// The objects of Marketo that dynsync keeps, and what the REST API calls them.
///
/// Persons have endpoints of their own kind; the others share the standard object's.
enum ServiceObject: Hashable, Sendable {
  case person
  case company
  case salesPerson
  case opportunity
  case opportunityRole
  /// A type of the subscription's own, by its API name.
  case custom(String)

  /// `nil` for what Marketo cannot have: an object of Dynamics, or a name that no type may bear.
  init?(_ object: ObjectType) {
    switch object {
    case .person: self = .person
    case .company: self = .company
    case .salesPerson: self = .salesPerson
    case .deal: self = .opportunity
    case .role: self = .opportunityRole
    default:
      guard object.side == .marketo, Self.isCustomName(object.name) else { return nil }
      self = .custom(object.name)
    }
  }

  /// API names of custom objects are alphanumeric, with underscores.
  private static func isCustomName(_ name: String) -> Bool {
    !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// The record's identity: what links hold.
  ///
  /// `nil` for a custom object, whose description names it. A role has three fields for one; ours is
  /// the name of all of them together.
  var keyField: FieldName? {
    switch self {
    case .person: "id"
    case .company: Self.companyKey
    case .salesPerson: Self.salesPersonKey
    case .opportunity: Self.opportunityKey
    case .opportunityRole: "role_key"
    case .custom: nil
    }
  }

  /// The path without its ending.
  var path: String {
    switch self {
    case .person: "/rest/v1/leads"
    case .company: "/rest/v1/companies"
    case .salesPerson: "/rest/v1/salespersons"
    case .opportunity: "/rest/v1/opportunities"
    case .opportunityRole: "/rest/v1/opportunities/roles"
    case .custom(let name): "/rest/v1/customobjects/\(name)"
    }
  }

  /// How messages name more than one.
  var words: String {
    switch self {
    case .person: "persons"
    case .company: "companies"
    case .salesPerson: "sales persons"
    case .opportunity: "opportunities"
    case .opportunityRole: "opportunity roles"
    case .custom(let name): "\(name) records"
    }
  }

  var readPermission: String { "Read-Only \(permission)" }
  var writePermission: String { "Read-Write \(permission)" }

  private var permission: String {
    switch self {
    case .person: "Lead"
    case .company: "Company"
    case .salesPerson: "Sales Person"
    case .opportunity, .opportunityRole: "Opportunity"
    case .custom: "Custom Object"
    }
  }

  /// The company's key, on companies and on the persons and opportunities that belong to one.
  static let companyKey: FieldName = "externalCompanyId"
  /// The sales person's key, on sales persons and on what they own.
  static let salesPersonKey: FieldName = "externalSalesPersonId"
  /// The opportunity's key, on opportunities and on their roles.
  static let opportunityKey: FieldName = "externalOpportunityId"
}
