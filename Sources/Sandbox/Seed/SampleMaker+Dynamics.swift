extension SampleMaker {
  /// A user of the organisation.
  mutating func user() -> SampleRow {
    let name = name(at: "contoso.example.com")
    return SampleRow(
      table: "systemuser", id: random.guid(),
      values: [
        "firstname": .text(name.first), "lastname": .text(name.last),
        "internalemailaddress": .text(name.email), "domainname": .text(name.email),
        "title": .text(random.chance(50) ? "Account Executive" : "Sales Representative"),
        "address1_telephone1": .text(phone()),
      ])
  }

  /// Accounts with names that come once each.
  mutating func accounts(_ count: Int, owners: [SampleRow]) -> [SampleRow] {
    let names = SampleWords.companyFirst.flatMap { first in
      SampleWords.companySecond.map { "\(first) \($0)" }
    }
    return names.shuffled(using: &random).prefix(count).map { account($0, owners) }
  }

  /// A lead that nobody qualified yet.
  mutating func lead(owners: [SampleRow]) -> SampleRow {
    let company = random.pick(SampleWords.companyFirst) + " " + random.pick(SampleWords.streets)
    let name = name(at: Self.domain(company, under: "test"))
    var values = personal(
      first: name.first, last: name.last, email: name.email, owner: random.pick(owners))
    values["subject"] = .text("Interest in \(company)")
    values["companyname"] = .text(company)
    values["leadsourcecode"] = .integer(Int64(1 + random.number(below: 10)))
    values["leadqualitycode"] = .integer(Int64(1 + random.number(below: 3)))
    if random.chance(30) { values["fax"] = .text(phone()) }
    if random.chance(50) { values["revenue"] = .decimal("\(50 + random.number(below: 900))000.5") }
    return SampleRow(table: "lead", id: random.guid(), values: values)
  }

  /// Contacts, of which the first come from leads and carry their names and addresses.
  mutating func contacts(
    _ count: Int, from leads: [SampleRow], accounts: [SampleRow], owners: [SampleRow]
  ) -> [SampleRow] {
    (0..<count).map { place in
      contact(
        from: place < leads.count ? leads[place] : nil, account: random.pick(accounts),
        owner: random.pick(owners))
    }
  }

  private mutating func account(_ name: String, _ owners: [SampleRow]) -> SampleRow {
    let domain = Self.domain(name, under: "example.com")
    var values = address()
    values["name"] = .text(name)
    values["ownerid"] = random.pick(owners).reference
    values["telephone1"] = .text(phone())
    values["websiteurl"] = .text("https://\(domain)")
    values["industrycode"] = .integer(Int64(1 + random.number(below: 12)))
    values["revenue"] = .decimal("\(1 + random.number(below: 90))250000")
    values["numberofemployees"] = .integer(Int64(5 + random.number(below: 4000)))
    values["sic"] = .text(String(1000 + random.number(below: 8000)))
    if random.chance(30) { values["description"] = .text(random.pick(SampleWords.notes)) }
    return SampleRow(table: "account", id: random.guid(), values: values)
  }

  private mutating func contact(
    from lead: SampleRow?, account: SampleRow, owner: SampleRow
  ) -> SampleRow {
    let name = name(at: Self.domain(account.text("name") ?? "", under: "example.com"))
    var values = personal(first: name.first, last: name.last, email: name.email, owner: owner)
    if let lead {
      for column in ["firstname", "lastname", "emailaddress1"] {
        values[column] = lead.values[column]
      }
      values["originatingleadid"] = lead.reference
    } else if random.chance(5) {
      values["emailaddress1"] = nil
    }
    values["parentcustomerid"] = account.reference
    return SampleRow(table: "contact", id: random.guid(), values: values)
  }

  private static func domain(_ company: String, under root: String) -> String {
    company.lowercased().split(separator: " ").joined(separator: "-") + "." + root
  }
}
