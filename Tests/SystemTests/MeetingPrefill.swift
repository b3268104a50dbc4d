import Testing
import Transport

/// Where the humans stand once both services are filled.
struct MeetingStanding {
  /// One Dynamics record that somebody has to be found for.
  struct Seat: Hashable {
    var kind: Expectation.Kind
    var id: String
    /// The person that it is; `nil` where it gets a new one.
    var person: Int64?
  }

  var seats: [Seat] = []
  /// The candidates of each record that is not to be guessed.
  var ambiguous: [String: Set<String>] = [:]
  /// Records that live on as another: what their links say.
  var survivors: [String: String] = [:]
  var strangers: [Int64] = []
}

extension Rig {
  /// Fills both services with the humans, as people did before anything was kept in step.
  func prefill(_ humans: [MeetingHuman]) async throws -> MeetingStanding {
    try await prefillFirms()
    var standing = MeetingStanding()
    for human in humans {
      for row in human.rows { try await dynamics.create(row.kind.set, .object(row.values)) }
      var persons: [Int64] = []
      for person in human.persons {
        persons.append(try #require(try await marketo.create(person)))
      }
      try await seat(human, persons, in: &standing)
    }
    return standing
  }

  private func seat(
    _ human: MeetingHuman, _ persons: [Int64], in standing: inout MeetingStanding
  ) async throws {
    let rows = human.rows
    switch human.fate {
    case .linked, .copied:
      standing.seats += rows.map { .init(kind: $0.kind, id: $0.id, person: persons.first) }
    case .ambiguous:
      for row in rows {
        let rivals = rows.filter { $0.id != row.id }.map { "dynamics \($0.id)" }
        standing.ambiguous[row.id] = Set(persons.map { "marketo \($0)" } + rivals)
      }
    case .strange: standing.strangers += persons
    case .qualified:
      let contact = try await dynamics.qualify(rows[0].id)
      standing.survivors[rows[0].id] = "converted \(contact)"
      standing.seats.append(.init(kind: .contact, id: contact, person: persons.first))
    case .merged:
      try await dynamics.merge(rows[0].kind.rawValue, rows[1].id, into: rows[0].id)
      standing.survivors[rows[1].id] = "merged \(rows[0].id)"
      standing.seats.append(.init(kind: rows[0].kind, id: rows[0].id, person: persons.first))
    }
  }

  /// Owners and accounts, of which Marketo knows some: with values that Dynamics lacks.
  private func prefillFirms() async throws {
    for (place, id) in MeetingCast.users.enumerated() {
      try await dynamics.create(
        "systemusers",
        [
          "systemuserid": .string(id), "lastname": .string("Owner \(place)"),
          "internalemailaddress": .string("owner.\(place)@meeting.test"),
          "domainname": .string("owner.\(place)@meeting.test"),
        ])
    }
    for (place, id) in MeetingCast.accounts.enumerated() {
      try await dynamics.create(
        "accounts",
        [
          "accountid": .string(id), "name": .string("Account \(place)"), "revenue": 5000,
          "ownerid@odata.bind": .string("/systemusers(\(MeetingCast.users[place % 4]))"),
        ])
    }
    try await marketo.makeObjects(
      "salespersons",
      [
        [
          "externalSalesPersonId": .string(MeetingCast.users[0]), "lastName": "Owner of old",
          "email": "owner.0@meeting.test", "phone": "+1 555 0600",
        ]
      ])
    try await marketo.makeObjects(
      "companies",
      [
        [
          "externalCompanyId": .string(MeetingCast.accounts[0]), "company": "Account of old",
          "website": "https://account.test", "industry": "Legal",
        ]
      ])
  }
}
