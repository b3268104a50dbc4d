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
    let wanted = Set(schema.fields.keys).union(factFields).union(keyFields)
    return wanted.filter { catalogue.fields[$0] != nil || keyFields.contains($0) }.sorted()
  }

  /// `nil` for a result without an identity.
  func record(_ item: JSON) -> Record? {
    guard let id = key(of: item) else { return nil }
    var values: [FieldName: Value] = [:]
    for field in schema.fields.values where field.isReadable {
      values[field.name] = WireValue.value(item[field.name.rawValue], as: field.type)
    }
    return Record(id: .marketo(id), fields: values, facts: facts(of: item))
  }

  private static let email: FieldName = "email"
  private static let changedAt: FieldName = "updatedAt"

  private var factFields: Set<FieldName> {
    switch object {
    case .person:
      [
        Self.email, Self.changedAt, ServiceObject.companyKey, ServiceObject.salesPersonKey,
        settings.personKey, settings.typeField, settings.deletedField, settings.syncAsField,
      ]
    case .company: [Self.changedAt, ServiceObject.salesPersonKey]
    case .salesPerson: [Self.changedAt, Self.email]
    case .opportunity:
      [Self.changedAt, ServiceObject.companyKey, ServiceObject.salesPersonKey]
    case .opportunityRole: [Self.changedAt]
    case .custom: Set([Self.changedAt]).union(schema.parent.map { [$0.name] } ?? [])
    }
  }

  private var keyFields: [FieldName] {
    object == .opportunityRole ? RoleKey.fields : [schema.keyField]
  }

  /// The record's identity.
  private func key(of item: JSON) -> String? {
    object == .opportunityRole ? RoleKey(record: item)?.text : text(schema.keyField, in: item)
  }

  private func facts(of item: JSON) -> Facts {
    var facts = Facts(
      key: key(of: item).map(Self.canonical),
      changedAt: text(Self.changedAt, in: item).flatMap { Instant($0) })
    switch object {
    case .person:
      facts.email = email(of: item)
      facts.owner = owner(of: item)
      facts.account = company(of: item)
      facts.key = text(settings.personKey, in: item).map(Self.canonical)
      facts.type = text(settings.typeField, in: item)
      facts.syncAs = text(settings.syncAsField, in: item)
    case .company: facts.owner = owner(of: item)
    case .salesPerson: facts.email = email(of: item)
    case .opportunity:
      facts.owner = owner(of: item)
      facts.account = company(of: item)
    case .opportunityRole:
      facts.opportunity = text(ServiceObject.opportunityKey, in: item).map(RecordID.marketo)
      facts.parent = reference(to: .person, RoleKey.personField, in: item)
      facts.role = text(RoleKey.roleField, in: item)
    case .custom:
      facts.parent = schema.parent.flatMap { reference(to: $0.object, $0.name, in: item) }
    }
    return facts
  }

  private func email(of item: JSON) -> String? { text(Self.email, in: item)?.lowercased() }

  private func owner(of item: JSON) -> Reference? {
    reference(to: .salesPerson, ServiceObject.salesPersonKey, in: item)
  }

  private func company(of item: JSON) -> RecordID? {
    text(ServiceObject.companyKey, in: item).map(RecordID.marketo)
  }

  private func reference(
    to object: ObjectType, _ field: FieldName, in item: JSON
  ) -> Reference? {
    text(field, in: item).map { Reference(object, .marketo($0)) }
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
