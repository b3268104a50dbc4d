/// Draws the rows of a sample, one after the other, from one generator.
struct SampleMaker {
  var random: SampleRandom
  private var addresses: Set<String> = []

  init(seed: UInt64) { random = SampleRandom(seed: seed) }

  /// A person's name with an e-mail address that nobody else has.
  mutating func name(at domain: String) -> (first: String, last: String, email: String) {
    let first = random.pick(SampleWords.firstNames)
    let last = random.pick(SampleWords.lastNames)
    let plain = "\(first).\(last)".lowercased().unicodeScalars.filter {
      ("a"..."z").contains($0) || $0 == "."
    }
    let local = String(String.UnicodeScalarView(plain))
    var email = "\(local)@\(domain)"
    var number = 2
    while !addresses.insert(email).inserted {
      email = "\(local)\(number)@\(domain)"
      number += 1
    }
    return (first, last, email)
  }

  /// A telephone number of the range kept for fiction.
  mutating func phone() -> String {
    "+1 555 01\(10 + random.number(below: 90)) \(100 + random.number(below: 900))"
  }

  /// A row's `address1_…` columns.
  mutating func address() -> [String: SandboxValue] {
    let place = random.pick(SampleWords.places)
    let street = "\(1 + random.number(below: 120)) \(random.pick(SampleWords.streets))"
    return [
      "address1_line1": .text(street), "address1_city": .text(place.city),
      "address1_stateorprovince": .text(place.state), "address1_country": .text(place.country),
      "address1_postalcode": .text(place.code),
    ]
  }

  /// The columns that leads and contacts have alike, some of them left empty.
  mutating func personal(
    first: String, last: String, email: String, owner: SampleRow
  ) -> [String: SandboxValue] {
    var values = address()
    values["firstname"] = .text(first)
    values["lastname"] = .text(last)
    values["emailaddress1"] = .text(email)
    values["telephone1"] = .text(phone())
    values["ownerid"] = owner.reference
    values["donotphone"] = .boolean(random.chance(8))
    values["donotbulkemail"] = .boolean(random.chance(10))
    if random.chance(80) { values["jobtitle"] = .text(random.pick(SampleWords.titles)) }
    if random.chance(40) { values["mobilephone"] = .text(phone()) }
    if random.chance(30) { values["salutation"] = .text(random.chance(50) ? "Dr." : "Ms.") }
    if random.chance(20) { values["description"] = .text(random.pick(SampleWords.notes)) }
    return values
  }
}
