import Model
import Transport

/// The compound key of an opportunity role, as the service writes it: three members of one record.
extension RoleKey {
  /// The fields of the key.
  static let fields: [FieldName] = [ServiceObject.opportunityKey, personField, roleField]
  /// The Marketo id of the person.
  static let personField: FieldName = "leadId"
  static let roleField: FieldName = "role"

  /// Reads the key out of a record; `nil` where one of the three is missing.
  init?(record: JSON) {
    guard let opportunity = record[ServiceObject.opportunityKey.rawValue]?.plainText,
      let person = record[Self.personField.rawValue]?.plainText,
      let role = record[Self.roleField.rawValue]?.plainText
    else { return nil }
    self.init(opportunity: opportunity, person: person, role: role)
  }

  /// The key's members in a record that is written or looked for.
  ///
  /// A person that is no Marketo id goes as text, for the service to refuse.
  var members: [String: JSON] {
    [
      ServiceObject.opportunityKey.rawValue: .string(opportunity),
      Self.personField.rawValue: Int64(person).map(JSON.integer) ?? .string(person),
      Self.roleField.rawValue: .string(role),
    ]
  }

  /// Whether the service can hold such a role at all.
  var isOfPerson: Bool { Int64(person) != nil }
}
