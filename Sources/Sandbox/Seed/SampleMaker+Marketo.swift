extension SampleMaker {
  /// The persons of Marketo: those that match one row each, two that share one lead's address,
  /// and those that nobody in Dynamics knows.
  mutating func persons(leads: [SampleRow], contacts: [SampleRow]) -> [SamplePerson] {
    let known = contacts.filter { $0.text("emailaddress1") != nil }
    let matched = zip(leads.prefix(10), known.prefix(10)).flatMap { [$0, $1] }
    var persons: [SamplePerson] = []
    for (place, row) in matched.enumerated() { persons.append(person(like: row, place)) }
    if let shared = leads.last {
      for title in ["Buyer", "Head of Buying"] {
        persons.append(
          SamplePerson(
            values: [
              "email": shared.values["emailaddress1"] ?? .text(""),
              "lastName": shared.values["lastname"] ?? .text(""), "title": .text(title),
            ], match: .ambiguous(table: shared.table, id: shared.id)))
      }
    }
    while persons.count < 60 { persons.append(stranger()) }
    return persons
  }

  /// A person with a row's address: like the row, emptier, fuller, or of another opinion.
  private mutating func person(like row: SampleRow, _ place: Int) -> SamplePerson {
    var values: [String: SandboxValue] = [:]
    values["email"] = row.values["emailaddress1"]
    values["lastName"] = row.values["lastname"]
    switch place % 4 {
    case 0: break
    case 1:
      values["firstName"] = row.values["firstname"]
      values["title"] = row.values["jobtitle"]
      values["phone"] = row.values["telephone1"]
      values["city"] = row.values["address1_city"]
    case 2:
      values["firstName"] = row.values["firstname"]
      values["title"] = .text("Advisor to the Board")
      values["phone"] = .text(phone())
      values["unsubscribed"] = .boolean(true)
    default:
      values["title"] = row.values["jobtitle"] ?? .text("Independent Advisor")
      values["mobilePhone"] = .text(phone())
      values["mktoPersonNotes"] = .text("Downloaded the buyers' guide.")
      values["leadSource"] = .text("Web")
    }
    return SamplePerson(values: values, match: .one(table: row.table, id: row.id))
  }

  private mutating func stranger() -> SamplePerson {
    let name = name(at: "visitors.test")
    var values: [String: SandboxValue] = [
      "email": .text(name.email), "firstName": .text(name.first), "lastName": .text(name.last),
    ]
    if random.chance(60) { values["company"] = .text(random.pick(SampleWords.companyFirst)) }
    if random.chance(50) { values["title"] = .text(random.pick(SampleWords.titles)) }
    if random.chance(15) { values["unsubscribed"] = .boolean(true) }
    return SamplePerson(values: values, match: .none)
  }
}
