import Foundation
import Model
import Transport

/// One human as the two systems hold them before they ever met.
struct MeetingHuman: Sendable {
  /// What the first meeting must make of a human.
  enum Fate: Sendable {
    /// One row and one person are the same human.
    case linked
    /// Who is who cannot be known.
    case ambiguous
    /// Dynamics alone knows them: each row gets a person.
    case copied
    /// Marketo alone knows them.
    case strange
    /// The row is a lead that is to be qualified: its contact is the human.
    case qualified
    /// The second row is to be merged into the first, which is the human.
    case merged
  }

  struct Row: Sendable {
    var kind: Expectation.Kind
    var id: String
    var values: [String: JSON]
  }

  var fate: Fate
  var rows: [Row] = []
  var persons: [[String: JSON]] = []
}

/// Writes down humans, one after the other: the same ones every time.
struct MeetingCast {
  private(set) var humans: [MeetingHuman] = []
  private var nextID = 1
  static let accounts = (1...8).map { Self.id(900_000 + $0) }
  static let users = (1...4).map { Self.id(800_000 + $0) }

  static func id(_ number: Int) -> String {
    "5eed0000-0000-4000-8000-" + String(format: "%012d", number)
  }

  private static func amount(_ text: String) -> JSON {
    ExactDecimal(text).map(JSON.decimal) ?? .null
  }

  /// The 200 humans of the test.
  static let all: [MeetingHuman] = {
    var cast = MeetingCast()
    cast.addShared()
    cast.addOptOuts()
    cast.addDuplicates()
    cast.addHistory()
    cast.addStrangers()
    return cast.humans
  }()

  private mutating func add(_ human: MeetingHuman) { humans.append(human) }

  private var email: String { "human.\(humans.count + 1)@meeting.test" }

  /// A row with a name, an address and an owner; contacts have an account.
  private mutating func row(
    _ kind: Expectation.Kind, _ values: [String: JSON] = [:]
  ) -> MeetingHuman.Row {
    let number = nextID
    nextID += 1
    var row: [String: JSON] = [
      "\(kind)id": .string(Self.id(number)), "lastname": .string("Human \(humans.count + 1)"),
      "emailaddress1": .string(email),
      "ownerid@odata.bind": .string("/systemusers(\(Self.users[number % 4]))"),
    ]
    if kind == .lead {
      row["subject"] = "Met at a fair"
      row["companyname"] = .string("Company \(number)")
    } else {
      row["parentcustomerid_account@odata.bind"] = .string(
        "/accounts(\(Self.accounts[number % 8]))")
    }
    return MeetingHuman.Row(
      kind: kind, id: Self.id(number), values: row.merging(values) { _, own in own })
  }

  private func person(_ values: [String: JSON] = [:]) -> [String: JSON] {
    let person: [String: JSON] = [
      "lastName": .string("Human \(humans.count + 1)"), "email": .string(email),
    ]
    return person.merging(values) { _, own in own }
  }

  private static func kind(_ place: Int) -> Expectation.Kind { place % 2 == 0 ? .lead : .contact }

  /// Known to both: equal, of different opinions, and each with what the other lacks.
  private mutating func addShared() {
    for place in 0..<40 {
      let row = row(
        Self.kind(place),
        ["firstname": "Ada", "jobtitle": "Buyer", "telephone1": "+1 555 0100", "donotphone": true])
      // Dynamics trims what people leave behind.
      let title: JSON = place % 5 == 0 ? "Buyer  " : "Buyer"
      add(
        MeetingHuman(
          fate: .linked, rows: [row],
          persons: [
            person(["firstName": "Ada", "title": title, "phone": "+1 555 0100", "doNotCall": true])
          ]))
    }
    for place in 0..<40 {
      var row = row(
        Self.kind(place),
        [
          "jobtitle": .string("Buyer \(place)"), "address1_city": "Porto", "description": "Polite.",
        ])
      var values: [String: JSON] = [
        "title": .string("Director \(place)"), "city": "Lisboa", "mktoPersonNotes": "Curt.",
        "leadStatus": "Engaged",
      ]
      if row.kind == .lead {
        row.values["leadsourcecode"] = 8
        row.values["revenue"] = 1000
        values["leadSource"] = "Seminar"
        values["annualRevenue"] = Self.amount("2000.125")
        values["company"] = "Another company"
      }
      if place < 4 { values["email"] = .string(email.uppercased()) }
      add(MeetingHuman(fate: .linked, rows: [row], persons: [person(values)]))
    }
    for place in 0..<40 {
      add(complementary(place))
    }
  }

  private mutating func complementary(_ place: Int) -> MeetingHuman {
    var row = row(Self.kind(place))
    var values: [String: JSON] = [:]
    if place % 4 < 2 {
      row.values["jobtitle"] = "Known in Dynamics"
      row.values["address1_postalcode"] = "4000-012"
      values["phone"] = .string("+1 555 02\(10 + place)")
      values["middleName"] = "Quincy  "
    } else {
      row.values["telephone1"] = .string("+1 555 03\(10 + place)")
      row.values["salutation"] = "Dr."
      values["title"] = "Known in Marketo"
      values["country"] = "Portugal"
    }
    if row.kind == .lead {
      row.values["companyname"] = nil
      values["company"] = "Known in Marketo Ltd"
      values["annualRevenue"] = Self.amount("1234.565")
      values["rating"] = "Warm"
      values["leadSource"] = "Web"
    }
    return MeetingHuman(fate: .linked, rows: [row], persons: [person(values)])
  }

  /// Whoever opted out, anywhere, stays out.
  private mutating func addOptOuts() {
    for place in 0..<24 {
      let isInDynamics = place % 4 < 2
      let row = row(
        Self.kind(place),
        ["donotbulkemail": .boolean(isInDynamics), "donotphone": .boolean(isInDynamics)])
      let values: [String: JSON] =
        isInDynamics
        ? ["unsubscribed": false, "doNotCall": false]
        : ["unsubscribed": true, "doNotCall": true]
      add(
        MeetingHuman(
          fate: .linked, rows: [row], persons: [person(place % 8 == 0 ? [:] : values)]))
    }
  }

  private mutating func addDuplicates() {
    for place in 0..<6 {
      add(
        MeetingHuman(
          fate: .ambiguous, rows: [row(Self.kind(place))],
          persons: [person(["title": "One"]), person(["title": "Other"])]))
    }
    for _ in 0..<5 {
      add(
        MeetingHuman(
          fate: .ambiguous, rows: [row(.lead), row(.contact)], persons: [person(["city": "Turku"])])
      )
    }
    for place in 0..<5 {
      add(
        MeetingHuman(
          fate: .ambiguous, rows: [row(.lead), row(Self.kind(place))],
          persons: [person(["phone": "1"]), person(["phone": "2"])]))
    }
    // Two rows of one address without a person are two records, of whom each gets its own.
    add(MeetingHuman(fate: .copied, rows: [row(.lead), row(.contact)]))
  }

  /// What happened in Dynamics long before.
  private mutating func addHistory() {
    for place in 0..<8 {
      add(
        MeetingHuman(
          fate: .qualified, rows: [row(.lead, ["jobtitle": "Buyer"])],
          persons: place < 6 ? [person(["title": "Director", "mobilePhone": "+1 555 0400"])] : []))
    }
    for kind in [Expectation.Kind.lead, .contact] {
      add(
        MeetingHuman(
          fate: .merged,
          rows: [row(kind, ["jobtitle": "Buyer"]), row(kind, ["jobtitle": "Clerk"])],
          persons: [person(["phone": "+1 555 0500"])]))
    }
  }

  private mutating func addStrangers() {
    for place in 0..<14 {
      add(MeetingHuman(fate: .copied, rows: [row(Self.kind(place), ["jobtitle": "Buyer"])]))
    }
    for _ in 0..<14 {
      add(MeetingHuman(fate: .strange, persons: [person(["title": "Visitor"])]))
    }
    // Nobody can be recognised without an address.
    add(
      MeetingHuman(
        fate: .copied, rows: [row(.lead, ["emailaddress1": .null, "lastname": "Nameless"])]))
  }
}
