import Model

extension Catalogue {
  /// What the description says of the named fields; those that do not exist are left out.
  ///
  /// `companies` describes the company, whose fields a person shows too. Of an opportunity's amount
  /// alone it is documented how many decimals are kept.
  func fields(
    _ names: [FieldName], of object: ServiceObject, by anchor: Anchor, companies: Catalogue
  ) -> [Field] {
    names.compactMap { name in
      guard let entry = fields[name] else { return nil }
      let isKey = object != .person && anchor.writtenKey.contains(name)
      let isLink = name == anchor.parent?.name || Self.isLink(name, of: object)
      let isWritable =
        (entry.isUpdateable || isLink) && !entry.isComputed && !Self.ownedByService.contains(name)
      return Field(
        name, entry.type, label: entry.label, length: entry.length,
        scale: object == .opportunity && name == "amount" ? 2 : nil,
        canCreate: isWritable || isKey, canUpdate: isWritable && !isKey,
        isReported: object == .person && !entry.isComputed && !Self.unreported.contains(name),
        isOfCompany: object == .person && companies.sharesWithPersons(name),
        isRequired: object == .opportunity && name == "name")
    }
  }

  /// Whether an opportunity hangs on its company or sales person by `name`.
  ///
  /// Such a field is there to be written, whether or not a description has that.
  private static func isLink(_ name: FieldName, of object: ServiceObject) -> Bool {
    object == .opportunity
      && (name == ServiceObject.companyKey || name == ServiceObject.salesPersonKey)
  }

  /// Whether the company's field `name` is shown, and until it has a company written, on persons.
  private func sharesWithPersons(_ name: FieldName) -> Bool {
    if Self.companyFields.contains(name) { return true }
    return fields[name] != nil && !Self.ofBoth.contains(name)
  }

  /// The company-type fields of every subscription (lead field reference).
  private static let companyFields: Set<FieldName> = [
    "company", "site", "billingStreet", "billingCity", "billingState", "billingCountry",
    "billingPostalCode", "website", "mainPhone", "annualRevenue", "numberOfEmployees", "industry",
    "sicCode", "mktoCompanyNotes",
  ]

  /// Fields that persons and companies have each for themselves.
  private static let ofBoth: Set<FieldName> = [
    "id", "createdAt", "updatedAt", ServiceObject.companyKey, ServiceObject.salesPersonKey,
  ]

  /// Fields that the service itself sets, whatever a description says.
  private static let ownedByService: Set<FieldName> = [
    "id", "marketoGUID", "createdAt", "updatedAt",
  ]

  /// Fields whose changes no activity of the types that dynsync reads tells.
  private static let unreported: Set<FieldName> = [
    "id", "createdAt", "updatedAt", "mktoName", "cookies",
  ]
}

extension Catalogue.Entry {
  /// The canonical type; an unknown one is read as text.
  var type: FieldType {
    switch dataType {
    case "integer", "score", "link": .integer
    case "currency", "float", "percent": .decimal
    case "boolean": .boolean
    case "date": .date
    case "datetime": .instant
    default: .text
    }
  }

  /// Computed by the service: such a field is never written, and no activity tells of its changes.
  var isComputed: Bool { ["formula", "lead_function", "reference", "array"].contains(dataType) }
}
