import Model

/// Made-up contacts as a page of Dynamics tells them: twelve selected fields and the usual facts.
enum SampleContacts {
  static let fields: [Field] = [
    Field("firstname", .text, length: 50), Field("lastname", .text, length: 50),
    Field("emailaddress1", .text, length: 100), Field("jobtitle", .text, length: 100),
    Field("telephone1", .text, length: 50), Field("mobilephone", .text, length: 50),
    Field("address1_city", .text, length: 80), Field("address1_country", .text, length: 80),
    Field("donotbulkemail", .boolean), Field("creditlimit", .decimal, scale: 2),
    Field("birthdate", .date), Field("preferredcontactmethodcode", .option),
  ]

  static let schema = ObjectSchema(
    .contact, keyField: "contactid", fields: fields, feed: .records)

  /// The id of the contact of this number: in no order, as the service's are.
  static func id(_ number: Int) -> String {
    let mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 ^ 0x5DEE_CE66_D123_4567
    let digits = String(mixed, radix: 16)
    let text = String(repeating: "0", count: 16 - digits.count) + digits
    let low = String(number, radix: 16)
    let tail = String(repeating: "0", count: 12 - low.count) + low
    return "\(text.prefix(8))-\(text.dropFirst(8).prefix(4))-4\(text.dropFirst(13))-a000-\(tail)"
  }

  /// The number of an id of ``id(_:)``.
  static func number(of id: String) -> Int? { Int(id.suffix(12), radix: 16) }

  static func record(_ number: Int, title: String = "Head of Purchasing") -> Record {
    let email = "person.\(number)@firm-\(number % 5000).example"
    return Record(
      id: .dynamics(id(number)), version: "W/\"\(1_000_000 + number)\"",
      fields: [
        "firstname": .text("First \(number % 900)"), "lastname": .text("Last \(number)"),
        "emailaddress1": .text(email), "jobtitle": .text(title),
        "telephone1": .text("+49 30 \(number)"), "mobilephone": .empty,
        "address1_city": .text("City \(number % 300)"), "address1_country": .text("Germany"),
        "donotbulkemail": .boolean(number.isMultiple(of: 7)),
        "creditlimit": ExactDecimal("\(number % 1000).5").map(Value.decimal) ?? .empty,
        "birthdate": CalendarDate("1980-02-03").map(Value.date) ?? .empty,
        "preferredcontactmethodcode": .option(1 + number % 5),
      ],
      facts: Facts(
        email: email, owner: Reference(.user, .dynamics(id(number % 50))),
        account: .dynamics(id(number % 5000)), changedAt: Instant(seconds: 1_767_225_600),
        changedBy: "a person"))
  }
}
