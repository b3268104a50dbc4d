import Model

/// The metadata of the simulated services' fields.
///
/// Each name of the standard map has a storage of its own, so that the two sides keep different forms of
/// the same value; any other name is a text.
enum SimulatedField {
  /// The field whose options people choose and rename.
  static let optionField: FieldName = "leadsourcecode"

  /// Whether a service has the field: any but those whose names begin with `missing`.
  static func exists(_ name: FieldName) -> Bool { !name.rawValue.hasPrefix("missing") }

  static func dynamics(_ name: FieldName) -> Field {
    switch name.rawValue {
    case "donotbulkemail", "donotphone", "donotemail", "donotfax", "creditonhold":
      Field(name, .boolean)
    case "estimatedclosedate", "birthdate": Field(name, .date)
    case "ownerid": Field(name, .reference)
    case "leadsourcecode":
      Field(
        name, .option,
        options: [Option(1, "Advertisement"), Option(2, "Seminar"), Option(8, "Web")])
    case "revenue", "creditlimit": Field(name, .decimal, scale: 2)
    case "numberofemployees": Field(name, .integer)
    case "telephone1": Field(name, .text, length: 14)
    case "emailaddress1": Field(name, .text, length: 100)
    default: Field(name, .text, length: 40, text: TextStorage(trimsTrailing: true))
    }
  }

  static func marketo(_ name: FieldName) -> Field {
    switch name.rawValue {
    case "unsubscribed", "doNotCall", "dynamicsIsDeleted", "isClosed", "isWon":
      Field(name, .boolean)
    case "dateOfBirth": Field(name, .date)
    case "emailSuspendedAt": Field(name, .instant)
    case "annualRevenue", "amount": Field(name, .decimal, scale: 1)
    case "leadScore", "leadId", "numberOfEmployees": Field(name, .integer)
    case "email": Field(name, .text, length: 255, text: TextStorage(lowercases: true))
    case "title": Field(name, .text, length: 20, text: TextStorage(cutsOverlong: true))
    case "name": Field(name, .text, length: 255, isRequired: true)
    default:
      Field(name, .text, length: 255, text: TextStorage(trimsLeading: true, trimsTrailing: true))
    }
  }

  /// What a service keeps of a value that it is sent, and why it is another, as a count.
  static func stored(
    _ value: Value, as field: Field, on side: Side, _ world: SimulatedWorld
  ) -> Value {
    let predicted = field.storedForm(value)
    if predicted != value { world.count("stored_otherwise") }
    let stored = surprise(predicted, on: side)
    if stored != predicted { world.count("stored_otherwise_unpredicted") }
    return stored
  }

  /// What a service does to a value beyond what its metadata says.
  ///
  /// Texts with an exclamation mark are shouted in Dynamics, those with a question mark whispered in
  /// Marketo.
  private static func surprise(_ value: Value, on side: Side) -> Value {
    guard case .text(let text) = value else { return value }
    switch side {
    case .dynamics: return text.contains("!") ? .text(text.uppercased()) : value
    case .marketo: return text.contains("?") ? .text(text.lowercased()) : value
    }
  }
}

extension Record {
  /// The record with the fields that a schema selects, each of them: one that was never set is empty.
  func selecting(_ schema: ObjectSchema) -> Record {
    var record = self
    record.fields = schema.fields.keys.reduce(into: [:]) { $0[$1] = fields[$1] ?? .empty }
    return record
  }
}
