import Testing
import Transport

/// Opportunities and what hangs on them, in the street of ``SentenceStreet``.
extension SentenceStreet {
  static let team = MeetingCast.id(3)
  static let opportunity = MeetingCast.id(41)
  static let otherOpportunity = MeetingCast.id(42)
  static let subscription = MeetingCast.id(51)
  /// The pair that holds an opportunity's company.
  static let companyPair = "_account__externalCompanyId"

  /// Connection roles that every organisation of the sandbox begins with.
  enum Part: String {
    case decisionMaker = "e0000000-0000-4000-8000-000000000002"
    case champion = "e0000000-0000-4000-8000-000000000006"
  }

  static func contact(_ id: String) -> JSON { .string("/contacts(\(id))") }
  static func account(_ id: String) -> JSON { .string("/accounts(\(id))") }

  /// Adds an opportunity with the given look-ups and values beside its name.
  func addOpportunity(
    _ id: String = SentenceStreet.opportunity, _ values: [String: JSON] = [:]
  ) async throws {
    let standing: [String: JSON] = ["opportunityid": .string(id), "name": "Big one"]
    try await rig.dynamics.create(
      "opportunities", .object(standing.merging(values) { _, own in own }))
  }

  func addTeam() async throws {
    try await rig.dynamics.create(
      "teams",
      ["teamid": .string(Self.team), "name": "Lisbon", "emailaddress": "lisbon@acme.test"])
  }

  func addSubscription() async throws {
    try await rig.dynamics.create(
      "new_subscriptions",
      [
        "new_subscriptionid": .string(Self.subscription), "new_name": "Premium",
        "new_amount": 12, "new_ContactId@odata.bind": Self.contact(Self.contact),
      ])
  }

  /// Connects a contact with the opportunity.
  func connect(_ contact: String, as part: Part?, id: String) async throws {
    var row: [String: JSON] = [
      "connectionid": .string(id),
      "record1id_opportunity@odata.bind": .string("/opportunities(\(Self.opportunity))"),
      "record2id_contact@odata.bind": Self.contact(contact),
    ]
    if let part {
      row["record2roleid@odata.bind"] = .string("/connectionroles(\(part.rawValue))")
    }
    try await rig.dynamics.create("connections", .object(row))
  }

  /// Adds a contact without an account.
  func addContact(_ id: String, email: String) async throws {
    try await rig.dynamics.create(
      "contacts",
      ["contactid": .string(id), "lastname": "Dahl", "emailaddress1": .string(email)])
  }

  /// Closes the opportunity for good.
  func close(won: Bool, revenue: Int64) async throws {
    try await rig.dynamics.act(
      won ? "WinOpportunity" : "LoseOpportunity",
      [
        "Status": won ? 3 : 4,
        "OpportunityClose": [
          "subject": "Closed", "actualrevenue": .integer(revenue),
          "opportunityid@odata.bind": .string("/opportunities(\(Self.opportunity))"),
        ],
      ])
  }

  /// An edit as a marketer makes it at the screen, of what the record's keys name.
  func editAtScreen(_ record: [String: JSON]) async throws {
    let answer = try await rig.exchange.send(
      HTTPRequest(
        "POST", "\(rig.base)/sandbox/marketo/edit", body: JSON.object(record).encoded()))
    guard answer.status == 200 else { throw APIError(answer) }
  }

  /// The opportunity in Marketo.
  func deal(_ id: String = SentenceStreet.opportunity) async throws -> JSON? {
    try await rig.marketo.objects(
      "opportunities", key: "externalOpportunityId", [id],
      fields: [
        "name", "description", "amount", "stage", "isClosed", "isWon", "externalCompanyId",
        "externalSalesPersonId",
      ]
    ).first
  }

  /// The roles of the opportunity, each as person and text, in order.
  func roles(_ opportunity: String = SentenceStreet.opportunity) async throws -> [String] {
    try await rig.marketo.objects(
      "opportunities/roles", key: "externalOpportunityId", [opportunity],
      fields: ["leadId", "role"]
    ).map { "\($0["leadId"]?.integer ?? 0) \($0["role"]?.string ?? "")" }.sorted()
  }

  /// The Marketo id of a contact's person.
  func personID(of id: String) async throws -> Int64 {
    try #require(try await person(of: id)?["id"]?.integer)
  }

  /// What is written of some records, as entity, action and side.
  func operations(since run: Int64) throws -> [[String?]] {
    try query(
      """
      SELECT entity, dynamics_id, action FROM operation
      WHERE run_id > \(run) AND status = 'applied' ORDER BY entity, dynamics_id
      """)
  }
}
