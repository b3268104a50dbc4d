import Testing

@testable import Sandbox

@Suite struct MarketoSeed {
  @Test func `one seed makes one organisation`() {
    #expect(SampleOrganisation() == SampleOrganisation())
    #expect(SampleOrganisation(seed: 1) != SampleOrganisation(seed: 2))
  }

  @Test func `the organisation has the promised rows`() {
    let organisation = SampleOrganisation()
    let counts = [
      organisation.users.count, organisation.accounts.count, organisation.leads.count,
      organisation.contacts.count, organisation.qualified.count, organisation.merged.count,
      organisation.persons.count, organisation.teams.count, organisation.opportunities.count,
      organisation.closed.count, organisation.connections.count, organisation.subscriptions.count,
    ]
    #expect(counts == [12, 40, 200, 300, 15, 1, 60, 3, 120, 40, 60, 40])
    #expect(Set(organisation.rows.map(\.id)).count == 775)
    #expect(Set(organisation.accounts.compactMap { $0.text("name") }).count == 40)
  }

  @Test func `every look-up names a row that comes before`() {
    var seen: Set<SandboxValue> = Set(
      StandardConnectionRole.allCases.map { .reference(table: "connectionrole", id: $0.id) })
    for row in SampleOrganisation().rows {
      for case .reference(let table, let id) in row.values.values {
        #expect(seen.contains(.reference(table: table, id: id)), "\(row.table) \(row.id)")
      }
      seen.insert(row.reference)
    }
  }

  @Test func `a qualified lead and its contact share name and address`() {
    let organisation = SampleOrganisation()
    let leads = Dictionary(organisation.leads.map { ($0.id, $0) }) { first, _ in first }
    let contacts = Dictionary(organisation.contacts.map { ($0.id, $0) }) { first, _ in first }
    for qualification in organisation.qualified {
      let lead = leads[qualification.lead]
      let contact = contacts[qualification.contact]
      #expect(lead?.text("emailaddress1") == contact?.text("emailaddress1"))
      #expect(lead?.text("lastname") == contact?.text("lastname"))
      #expect(contact?.values["originatingleadid"] == lead?.reference)
      #expect(
        contact?.values["parentcustomerid"]
          == .reference(table: "account", id: qualification.account))
    }
  }

  @Test func `persons match as they say, counted over leads and contacts together`() {
    let organisation = SampleOrganisation()
    let gone = Set(organisation.qualified.map(\.lead) + organisation.merged.map(\.loser))
    var rows: [String: [SampleRow]] = [:]
    for row in organisation.leads + organisation.contacts where !gone.contains(row.id) {
      if let email = row.text("emailaddress1") { rows[email.lowercased(), default: []].append(row) }
    }
    var persons: [String: Int] = [:]
    for case .text(let email)? in organisation.persons.map({ $0.values["email"] }) {
      persons[email.lowercased(), default: 0] += 1
    }
    var found: [String: Int] = [:]
    for person in organisation.persons {
      guard case .text(let email)? = person.values["email"] else { continue }
      let matches = rows[email.lowercased()] ?? []
      switch person.match {
      case .one(let table, let id):
        #expect(matches.map(\.reference) == [.reference(table: table, id: id)])
        #expect(persons[email.lowercased()] == 1)
        found["one", default: 0] += 1
      case .ambiguous(let table, let id):
        #expect(matches.map(\.reference) == [.reference(table: table, id: id)])
        #expect(persons[email.lowercased()] == 2)
        found["ambiguous", default: 0] += 1
      case .none:
        #expect(matches.isEmpty)
        found["none", default: 0] += 1
      }
    }
    #expect(found == ["one": 20, "ambiguous": 2, "none": 38])
  }

  @Test func `values fit the columns they are for`() {
    let lengths = [
      "firstname": 50, "lastname": 50, "jobtitle": 100, "salutation": 100, "telephone1": 50,
      "fax": 50, "mobilephone": 20, "emailaddress1": 100, "companyname": 100,
      "address1_line1": 250, "address1_city": 80, "address1_stateorprovince": 50,
      "address1_country": 80, "address1_postalcode": 20, "sic": 20, "websiteurl": 200,
    ]
    for row in SampleOrganisation().rows {
      for (column, length) in lengths {
        #expect((row.text(column) ?? "").count <= length, "\(row.table) \(column)")
      }
    }
  }

  @Test func `the persons are in Marketo after the seed`() async throws {
    try await MarketoBench.run { bench in
      let organisation = SampleOrganisation()
      try bench.service.seed(organisation)
      let ids = (7001...7060).map(String.init).joined(separator: ",")
      let text = try await bench.get(
        "/rest/v1/leads.json?filterType=id&filterValues=\(ids)&fields=email,unsubscribed")
      let found = MarketoJSON(reading: text)?["result"]?.elements ?? []
      let emails = organisation.persons.map { person -> String? in
        if case .text(let email)? = person.values["email"] { email } else { nil }
      }
      #expect(found.map { $0["email"]?.text } == emails)
      #expect(try await bench.log("12").count == 60)
    }
  }

  @Test func `a reset forgets everything`() async throws {
    try await MarketoBench.run { bench in
      try bench.service.seed(SampleOrganisation())
      _ = try await bench.post(
        "/rest/v1/leads/schema/fields.json",
        #"{"input":[{"displayName":"Key","name":"dynamicsId","dataType":"string"}]}"#)
      try bench.service.reset()
      let token = try await bench.newToken()
      let answer = try await bench.send(
        "GET", "/rest/v1/leads.json?filterType=id&filterValues=7001", token: token)
      let field = try await bench.send(
        "GET", "/rest/v1/leads/schema/fields/dynamicsId.json", token: token)
      #expect(answer.text == #"{"result":[],"success":true}"#)
      #expect(
        field.text
          == #"{"success":false,"errors":[{"code":"1006","message":"#
          + #""Field 'dynamicsId' not found"}]}"#)
    }
  }
}
