import Testing
import Transport

/// Records that go from Dynamics to Marketo alone: an edit in Marketo stands until Dynamics changes
/// the row, and then all of its values are Dynamics'.
@Suite struct OneWayTests {
  typealias Street = SentenceStreet

  /// An edit in Marketo of one record, a change of the same in Dynamics, and what comes of them.
  private struct Case {
    var entity: String
    var id: String
    var object: String
    var key: String
    /// What a marketer types.
    var typed: [String: JSON]
    /// What changes in Dynamics: another field than those.
    var set: String
    var change: [String: JSON]
    /// All of the record's values afterwards.
    var ends: [String: JSON]
    /// The log's rows of collisions: field, Dynamics' value, Marketo's value.
    var overwritten: [[String?]]
  }

  private static func expect(_ test: Case) async throws {
    try await Street.with { street in
      try await street.addTeam()
      try await street.addOpportunity(
        Street.opportunity,
        ["customerid_account@odata.bind": Street.account(Street.account), "stepname": "Develop"])
      try await street.addSubscription()
      try await street.run()
      let fields = test.ends.keys.sorted()
      func held() async throws -> [String: JSON] {
        let record = try #require(
          try await street.rig.marketo.objects(
            test.object, key: test.key, [test.id], fields: fields
          ).first)
        return Dictionary(uniqueKeysWithValues: fields.map { ($0, record[$0] ?? .null) })
      }
      var edit = test.typed
      edit["object"] = .string(test.object)
      edit[test.key] = .string(test.id)
      try await street.editAtScreen(edit)

      for _ in 1...2 {
        let quiet = try await street.run()
        #expect(quiet.isInStep)
        #expect(quiet.counts.operationsPlanned == 0)
      }
      let standing = try await held()
      for (field, value) in test.typed { #expect(standing[field] == value, "\(field)") }

      try await street.edit(test.set, test.id, test.change)
      #expect(try await street.run().isInStep)

      #expect(try await held() == test.ends)
      #expect(
        try street.collisions()
          == test.overwritten.map { [test.entity, test.id] + $0 + ["dynamics"] })
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test func `an edit in Marketo of a company stands until Dynamics changes it`() async throws {
    try await Self.expect(
      Case(
        entity: "account", id: Street.account, object: "companies", key: "externalCompanyId",
        typed: ["mainPhone": "typed", "website": "https://typed.test"],
        set: "accounts", change: ["name": "Acme Works"],
        ends: ["company": "Acme Works", "mainPhone": "1", "website": .null],
        overwritten: [
          ["telephone1__mainPhone", "1", "typed"],
          ["websiteurl__website", nil, "https://typed.test"],
        ]))
  }

  @Test func `an edit in Marketo of a user's sales person stands until Dynamics changes it`()
    async throws
  {
    try await Self.expect(
      Case(
        entity: "user", id: Street.user, object: "salespersons", key: "externalSalesPersonId",
        typed: ["title": "typed", "phone": "typed"],
        set: "systemusers", change: ["lastname": "Rui Sá"],
        ends: ["lastName": "Rui Sá", "title": "Seller", "phone": .null],
        overwritten: [
          ["address1_telephone1__phone", nil, "typed"], ["title__title", "Seller", "typed"],
        ]))
  }

  @Test func `an edit in Marketo of a team's sales person stands until Dynamics changes it`()
    async throws
  {
    try await Self.expect(
      Case(
        entity: "team", id: Street.team, object: "salespersons", key: "externalSalesPersonId",
        typed: ["email": "typed@acme.test"],
        set: "teams", change: ["name": "Porto"],
        ends: ["lastName": "Porto", "email": "lisbon@acme.test"],
        overwritten: [["emailaddress__email", "lisbon@acme.test", "typed@acme.test"]]))
  }

  @Test func `an edit in Marketo of an opportunity stands until Dynamics changes it`() async throws
  {
    try await Self.expect(
      Case(
        entity: "opportunity", id: Street.opportunity, object: "opportunities",
        key: "externalOpportunityId",
        typed: [
          "name": "Typed", "stage": "Lost", "externalCompanyId": .string(Street.otherAccount),
        ],
        set: "opportunities", change: ["description": "Better"],
        ends: [
          "name": "Big one", "stage": "Develop", "description": "Better",
          "externalCompanyId": .string(Street.account),
        ],
        overwritten: [
          [Street.companyPair, Street.account, Street.otherAccount],
          ["_stage__stage", "Develop", "Lost"], ["name__name", "Big one", "Typed"],
        ]))
  }

  @Test func `an edit in Marketo of a custom object stands until Dynamics changes it`() async throws
  {
    try await Self.expect(
      Case(
        entity: "subscription", id: Street.subscription, object: "customobjects/subscription_c",
        key: "dynamicsId", typed: ["name": "Typed", "plan": "Typed"],
        set: "new_subscriptions", change: ["new_amount": 15],
        ends: ["name": "Premium", "plan": .null, "amount": 15],
        overwritten: [["new_name__name", "Premium", "Typed"], ["new_plan__plan", nil, "Typed"]]))
  }
}
