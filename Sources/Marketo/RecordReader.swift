import Model
import Transport

/// Reads the records of one object out of query results: selected fields and facts.
struct RecordReader: Sendable {
  let object: ServiceObject
  let schema: ObjectSchema
  let settings: MarketoSettings

  /// What a query must ask for, of the fields that the subscription has: a query for an unknown one
  /// is refused as a whole.
  func query(from catalogue: Catalogue) -> [FieldName] {
    let wanted = Set(schema.fields.keys).union(factFields).union([object.idField])
    return wanted.filter { catalogue.fields[$0] != nil || $0 == object.idField }.sorted()
  }

  /// `nil` for a result without an identity.
  func record(_ item: JSON) -> Record? {
    guard let id = text(object.idField, in: item) else { return nil }
    var values: [FieldName: Value] = [:]
    for field in schema.fields.values where field.isReadable {
      values[field.name] = WireValue.value(item[field.name.rawValue], as: field.type)
    }
    return Record(id: .marketo(id), fields: values, facts: facts(of: item))
  }

  private static let email: FieldName = "email"
  private static let changedAt: FieldName = "updatedAt"

  private var factFields: [FieldName] {
    switch object {
    case .person:
      [
        Self.email, Self.changedAt, ServiceObject.companyKey, ServiceObject.salesPersonKey,
        settings.personKey, settings.typeField, settings.deletedField, settings.syncAsField,
      ]
    case .company: [Self.changedAt, ServiceObject.salesPersonKey]
    case .salesPerson: [Self.changedAt, Self.email]
    }
  }

  private func facts(of item: JSON) -> Facts {
    let isPerson = object == .person
    let email = object == .company ? nil : text(Self.email, in: item)
    let owner = object == .salesPerson ? nil : text(ServiceObject.salesPersonKey, in: item)
    return Facts(
      email: email?.trimmed.lowercased(),
      owner: owner.map { Reference(.salesPerson, .marketo($0)) },
      account: isPerson ? text(ServiceObject.companyKey, in: item).map(RecordID.marketo) : nil,
      key: text(isPerson ? settings.personKey : object.idField, in: item).map(Self.canonical),
      type: isPerson ? text(settings.typeField, in: item) : nil,
      syncAs: isPerson ? text(settings.syncAsField, in: item) : nil,
      changedAt: text(Self.changedAt, in: item).flatMap { Instant($0) })
  }

  /// Marketo compares keys without case: a GUID is told in the one form that Dynamics uses.
  private static func canonical(_ key: String) -> String { GUID(key)?.text ?? key }

  private func text(_ field: FieldName, in item: JSON) -> String? {
    let text = item[field.rawValue]?.plainText?.trimmed
    return text == "" ? nil : text
  }
}

extension String {
  fileprivate var trimmed: String {
    let head = drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }
}
