import Testing
import Transport

/// Which way records go.
@Suite struct SentenceDirectionTests {
  typealias Street = SentenceStreet

  @Test func `leads and contacts go both ways`() async throws {
    try await Street.with { street in
      try await street.run()
      for (set, id) in [("leads", Street.lead), ("contacts", Street.contact)] {
        try await street.edit(set, id, ["telephone1": "from Dynamics"])
        try await street.editPerson(of: id, ["title": "from Marketo"])
      }

      let report = try await street.run()

      #expect(report.isInStep)
      for (set, id) in [("leads", Street.lead), ("contacts", Street.contact)] {
        let row = try #require(try await street.row(set, id))
        let person = try #require(try await street.person(of: id))
        #expect(row["jobtitle"] == "from Marketo")
        #expect(row["telephone1"] == "from Dynamics")
        #expect(person["title"] == "from Marketo")
        #expect(person["phone"] == "from Dynamics")
      }
      #expect(try street.collisions() == [])
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test func `users and accounts go only from Dynamics to Marketo`() async throws {
    try await Street.with { street in
      try await street.run()
      try await street.rig.marketo.updateCompany(
        Street.account, ["mainPhone": "edited", "website": "https://edited.test"])
      try await street.editSalesPerson(Street.user, ["title": "edited", "phone": "edited"])

      let quiet = try await street.run()

      #expect(quiet.counts.operationsPlanned == 0)
      #expect(try await street.row("accounts", Street.account)?["telephone1"] == "1")
      #expect(try await street.row("systemusers", Street.user)?["title"] == "Seller")
      #expect(try await street.company(Street.account)?["mainPhone"] == "edited")
      #expect(try await street.salesPerson(Street.user)?["title"] == "edited")

      try await street.edit("accounts", Street.account, ["name": "Acme Works"])
      try await street.edit("systemusers", Street.user, ["lastname": "Rui Sá"])
      let report = try await street.run()

      #expect(report.isInStep)
      let company = try await street.company(Street.account)
      #expect(company?["company"] == "Acme Works")
      #expect(company?["mainPhone"] == "1")
      #expect(cell(company?["website"]) == nil)
      let salesPerson = try await street.salesPerson(Street.user)
      #expect(salesPerson?["lastName"] == "Rui Sá")
      #expect(salesPerson?["title"] == "Seller")
      #expect(cell(salesPerson?["phone"]) == nil)
      #expect(
        try street.collisions() == [
          ["account", Street.account, "telephone1__mainPhone", "1", "edited", "dynamics"],
          [
            "account", Street.account, "websiteurl__website", nil, "https://edited.test",
            "dynamics",
          ],
          ["user", Street.user, "address1_telephone1__phone", nil, "edited", "dynamics"],
          ["user", Street.user, "title__title", "Seller", "edited", "dynamics"],
        ])
    }
  }

  @Test func `a contact's company and owner follow Dynamics`() async throws {
    try await Street.with { street in
      try await street.run()
      var person = try await street.person(of: Street.contact)
      #expect(person?["externalCompanyId"] == .string(Street.account))
      #expect(person?["externalSalesPersonId"] == .string(Street.user))
      #expect(person?["company"] == "Acme")
      try await street.edit(
        "contacts", Street.contact,
        [
          "parentcustomerid_account": .string("/accounts(\(Street.otherAccount))"),
          "ownerid": .string("/systemusers(\(Street.otherUser))"),
        ])

      let report = try await street.run()

      #expect(report.isInStep)
      person = try await street.person(of: Street.contact)
      #expect(person?["externalCompanyId"] == .string(Street.otherAccount))
      #expect(person?["externalSalesPersonId"] == .string(Street.otherUser))
      #expect(person?["company"] == "Beta")
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }
}

extension SentenceStreet {
  fileprivate func editSalesPerson(_ id: String, _ values: [String: JSON]) async throws {
    try await rig.marketo.writeObjects(
      "salespersons", action: "updateOnly",
      [.object(values.merging(["externalSalesPersonId": .string(id)]) { own, _ in own })])
  }
}
