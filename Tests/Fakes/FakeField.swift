import Model

/// The metadata of the fakes' fields.
///
/// Every name is a field, but for those that begin with `missing`.
package enum FakeField {
  static func exists(_ name: FieldName) -> Bool { !name.rawValue.hasPrefix("missing") }

  package static func dynamics(_ name: FieldName) -> Field {
    switch name.rawValue {
    case "donotbulkemail": Field(name, .boolean)
    case "leadsourcecode":
      Field(name, .option, options: [Option(1, "Advertisement"), Option(8, "Web")])
    case "revenue", "new_amount": Field(name, .decimal, scale: 2)
    case "numberofemployees": Field(name, .integer)
    case "estimatedclosedate": Field(name, .date)
    case "ownerid": Field(name, .reference)
    default: Field(name, .text, length: 100, text: TextStorage(trimsTrailing: true))
    }
  }

  package static func marketo(_ name: FieldName) -> Field {
    switch name.rawValue {
    case "unsubscribed", "dynamicsIsDeleted", "isClosed", "isWon": Field(name, .boolean)
    case "annualRevenue": Field(name, .decimal)
    case "amount": Field(name, .decimal, scale: 2)
    case "leadScore", "leadId": Field(name, .integer)
    case "dateOfBirth": Field(name, .date)
    case "emailSuspendedAt": Field(name, .instant)
    case "company": Field(name, .text, isOfCompany: true)
    default: Field(name, .text, length: 255)
    }
  }
}
