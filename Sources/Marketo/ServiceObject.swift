import Model

/// The objects of Marketo that dynsync keeps, and what the REST API calls them.
///
/// Persons have endpoints of their own kind; the others share the standard object's.
enum ServiceObject: Hashable, Sendable, CaseIterable {
  case person
  case company
  case salesPerson

  init?(_ object: ObjectType) {
    guard let known = Self.allCases.first(where: { $0.type == object }) else { return nil }
    self = known
  }

  var type: ObjectType {
    switch self {
    case .person: .person
    case .company: .company
    case .salesPerson: .salesPerson
    }
  }

  /// The record's identity: what links hold.
  var idField: FieldName {
    switch self {
    case .person: "id"
    case .company: Self.companyKey
    case .salesPerson: Self.salesPersonKey
    }
  }

  /// The path without its ending.
  var path: String {
    switch self {
    case .person: "/rest/v1/leads"
    case .company: "/rest/v1/companies"
    case .salesPerson: "/rest/v1/salespersons"
    }
  }

  /// How messages name more than one.
  var words: String {
    switch self {
    case .person: "persons"
    case .company: "companies"
    case .salesPerson: "sales persons"
    }
  }

  var readPermission: String { "Read-Only \(permission)" }
  var writePermission: String { "Read-Write \(permission)" }

  private var permission: String {
    switch self {
    case .person: "Lead"
    case .company: "Company"
    case .salesPerson: "Sales Person"
    }
  }

  /// The company's key, on companies and on the persons that belong to one.
  static let companyKey: FieldName = "externalCompanyId"
  /// The sales person's key, on sales persons and on what they own.
  static let salesPersonKey: FieldName = "externalSalesPersonId"
}
