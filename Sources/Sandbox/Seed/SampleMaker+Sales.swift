extension SampleMaker {
  /// The teams of the organisation.
  mutating func teams() -> [SampleRow] {
    ["Sales North", "Sales South", "Key Accounts"].map { name in
      let local = name.lowercased().split(separator: " ").joined(separator: ".")
      return SampleRow(
        table: "team", id: random.guid(),
        values: [
          "name": .text(name), "emailaddress": .text("\(local)@contoso.example.com"),
          "teamtype": .integer(0),
        ])
    }
  }

  /// Sales of all sorts: of ten, seven belong to an account, two to a contact, and one to nobody.
  mutating func opportunities(
    _ count: Int, accounts: [SampleRow], contacts: [SampleRow], owners: [SampleRow],
    teams: [SampleRow]
  ) -> [SampleRow] {
    (0..<count).map { place in
      let owner = random.chance(10) ? random.pick(teams) : random.pick(owners)
      switch place % 10 {
      case 9: return opportunity(for: nil, owner)
      case 7, 8: return opportunity(for: random.pick(contacts), owner)
      default: return opportunity(for: random.pick(accounts), owner)
      }
    }
  }

  /// The ends of some sales: of ten, six were won and four lost.
  mutating func closings(_ opportunities: [SampleRow]) -> [SampleClosing] {
    opportunities.enumerated().map { place, row in
      let isWon = place % 10 < 6
      let isExact = random.chance(50)
      return SampleClosing(
        opportunity: row.id, isWon: isWon,
        revenue: isWon && isExact ? "\(1 + random.number(below: 90))499.95" : nil,
        day: "2025-\(twoDigits(1 + random.number(below: 12)))-15")
    }
  }

  /// Contacts who have a say in a sale: three of four with a role, one of ten the other way round.
  mutating func connections(
    _ count: Int, opportunities: [SampleRow], contacts: [SampleRow], owners: [SampleRow]
  ) -> [SampleRow] {
    let contacts = contacts.shuffled(using: &random)
    return contacts.prefix(count).enumerated().map { place, contact in
      // Few sales and each contact once, so that several have a say in one sale.
      let opportunity = opportunities[random.number(below: min(25, opportunities.count))]
      let isTurned = place % 10 == 9
      var values: [String: SandboxValue] = [
        "record1id": isTurned ? contact.reference : opportunity.reference,
        "record2id": isTurned ? opportunity.reference : contact.reference,
        "ownerid": random.pick(owners).reference,
      ]
      if place % 4 != 3 {
        let role = random.pick(Array(StandardConnectionRole.allCases.prefix(6)))
        values[isTurned ? "record1roleid" : "record2roleid"] = .reference(
          table: "connectionrole", id: role.id)
      }
      return SampleRow(table: "connection", id: random.guid(), values: values)
    }
  }

  /// Contracts of contacts, some of whom have two.
  mutating func subscriptions(_ count: Int, contacts: [SampleRow], owners: [SampleRow])
    -> [SampleRow]
  {
    let contacts = contacts.shuffled(using: &random).prefix(max(1, count * 4 / 5))
    return (0..<count).map { place in
      let contact = contacts[place % contacts.count]
      let plan = random.number(below: 3)
      var values: [String: SandboxValue] = [
        "new_name": .text("\(["Basic", "Standard", "Premium"][plan]) \(1001 + place)"),
        "new_plan": .integer(Int64(100_000_000 + plan)),
        "new_amount": .decimal("\((plan + 1) * 20 - 1).\(random.chance(50) ? "90" : "95")"),
        "new_startdate": .text("2025-\(twoDigits(1 + random.number(below: 12)))-01"),
        "new_active": .boolean(random.chance(80)), "new_contactid": contact.reference,
        "ownerid": random.pick(owners).reference,
      ]
      if random.chance(80) { values["new_accountid"] = contact.values["parentcustomerid"] }
      return SampleRow(table: "new_subscription", id: random.guid(), values: values)
    }
  }

  private mutating func opportunity(for customer: SampleRow?, _ owner: SampleRow) -> SampleRow {
    let product = random.pick(SampleWords.products)
    let name = customer?.text("name") ?? customer?.text("lastname")
    let step = random.number(below: SampleWords.steps.count)
    var values: [String: SandboxValue] = [
      "name": .text(name.map { "\(product) for \($0)" } ?? product), "ownerid": owner.reference,
      "stepname": .text(SampleWords.steps[step]), "salesstage": .integer(Int64(step)),
      "closeprobability": .integer(Int64(20 * step + random.number(below: 20))),
    ]
    if let customer {
      values["customerid"] = customer.reference
      values["parent\(customer.table)id"] = customer.reference
    }
    if random.chance(90) {
      values["estimatedvalue"] = .decimal("\(1 + random.number(below: 90))500.5")
    }
    if random.chance(80) {
      values["estimatedclosedate"] = .text("2026-\(twoDigits(1 + random.number(below: 12)))-28")
    }
    if random.chance(30) { values["description"] = .text(random.pick(SampleWords.notes)) }
    return SampleRow(table: "opportunity", id: random.guid(), values: values)
  }

  private func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
