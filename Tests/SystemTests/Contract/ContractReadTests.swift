import Model
import Testing

/// What every connector promises of reading.
@Suite struct ContractReadTests {
  typealias Party = ContractParty

  @Test(arguments: Party.allCases)
  func `it is the same peer whenever it is asked, and makes its fields once`(party: Party)
    async throws
  {
    try await party.meet { subject in
      let first = try await subject.connector.identify()
      #expect(first.side == subject.connector.side)
      #expect(first.side == subject.object.side)
      #expect(!first.organisation.isEmpty)
      #expect(try await subject.connector.identify() == first)
      _ = try await subject.connector.provision([])
      #expect(try await subject.connector.provision([]) == [])
    }
  }

  @Test(arguments: Party.allCases)
  func `describing leaves unknown fields out and refuses unknown objects`(party: Party)
    async throws
  {
    try await party.meet { subject in
      let schema = try await subject.schema(["missing_field"])
      #expect(schema.object == subject.object)
      #expect(Set(schema.fields.keys) == Set(subject.values.keys).union([subject.email]))
      for (name, field) in schema.fields { #expect(field.name == name) }
      let unknown = ObjectType(subject.object.side, "missing_object")
      await #expect {
        _ = try await subject.connector.describe(unknown, selecting: [])
      } throws: { error in
        guard case .schema? = (error as? ServiceError)?.kind else { return false }
        return true
      }
    }
  }

  @Test(arguments: Party.allCases)
  func `a first read gives all records, or starts here and now`(party: Party) async throws {
    try await party.meet { subject in
      var made: Set<RecordID> = []
      for number in 1...7 { made.insert(try await subject.make(number)) }
      let schema = try await subject.schema()

      let page = try await subject.connector.changes(in: schema, after: nil)
      let whole = try await subject.read(after: nil)

      switch schema.feed {
      case .records:
        #expect(page.isFullRead)
        #expect(page.notices == [])
        #expect(whole.told == made)
      case .notices:
        #expect(page == ChangePage(watermark: page.watermark))
        #expect(page.watermark.isComplete)
        #expect(whole.told == [])
      case .none, .derived: Issue.record("the suite needs an object with a feed")
      }
    }
  }

  @Test(arguments: Party.allCases)
  func `nothing is lost between two complete watermarks`(party: Party) async throws {
    try await party.meet { subject in
      let edited = try await subject.make(1)
      let removed = try await subject.make(2)
      let start = try await subject.read(after: nil).watermark

      try await subject.edit(edited, "one")
      let new = try await subject.make(3)
      let first = try await subject.read(after: start)
      #expect(first.told.isSuperset(of: [edited, new]))

      try await subject.remove(removed)
      try await subject.edit(new, "two")
      let second = try await subject.read(after: first.watermark)
      #expect(second.told.contains(new))
      #expect(second.gone == [removed])

      // Asking again from before is harmless, and tells all of it.
      let again = try await subject.read(after: start)
      #expect(again.told.isSuperset(of: [edited, new]))
      #expect(again.gone == [removed])
    }
  }

  @Test(arguments: Party.allCases)
  func `an edit in the middle of a read is told by this read or the next`(party: Party)
    async throws
  {
    try await party.meet { subject in
      var ids: [RecordID] = []
      for number in 1...7 { ids.append(try await subject.make(number)) }
      var watermark = try await subject.read(after: nil).watermark
      for id in ids { try await subject.edit(id, "before") }

      let page = try await subject.connector.changes(
        in: try await subject.schema(), after: watermark)
      for id in ids { try await subject.edit(id, "meanwhile") }
      watermark = page.watermark
      if !watermark.isComplete { watermark = try await subject.read(after: watermark).watermark }
      let rest = try await subject.read(after: watermark)

      #expect(rest.told.isSuperset(of: ids))
    }
  }

  @Test(arguments: Party.allCases)
  func `a watermark that it cannot read asks for a full read`(party: Party) async throws {
    try await party.meet { subject in
      let schema = try await subject.schema()
      await #expect {
        _ = try await subject.connector.changes(
          in: schema, after: Watermark("of another make", isComplete: true))
      } throws: { ($0 as? ServiceError)?.kind == .watermarkExpired }
    }
  }

  @Test(arguments: Party.allCases)
  func `finding leaves out what is not there`(party: Party) async throws {
    try await party.meet { subject in
      let connector = subject.connector
      let schema = try await subject.schema()
      let email = Value.text("twin@acme.test")
      let twins = [
        try await subject.make(1, [subject.email: email]),
        try await subject.make(2, [subject.email: email]),
      ]
      let other = try await subject.make(3, [subject.email: .text("other@acme.test")])

      let byID = try await connector.find(
        in: schema, by: .id, values: [twins[0], subject.nobody, other].map(\.text))
      #expect(Set(byID.map(\.id)) == [twins[0], other])
      let byKey = try await connector.find(
        in: schema, by: .key, values: [2, 3, 9999].map(ContractSubject.key))
      #expect(Set(byKey.map(\.id)) == [twins[1], other])
      let byEmail = try await connector.find(
        in: schema, by: .email, values: ["twin@acme.test", "nobody@acme.test"])
      #expect(Set(byEmail.map(\.id)) == Set(twins))
      #expect(byEmail.map(\.facts.email) == ["twin@acme.test", "twin@acme.test"])
      for lookup in [Lookup.id, .key, .email] {
        #expect(try await connector.find(in: schema, by: lookup, values: []) == [])
      }
    }
  }

  @Test(arguments: Party.allCases)
  func `it counts its calls`(party: Party) async throws {
    try await party.meet { subject in
      let id = try await subject.make(1)
      let before = await subject.connector.callCount
      _ = try await subject.record(id)
      let between = await subject.connector.callCount
      _ = try await subject.write([(.update(id, ifVersion: nil), [subject.title: .text("a")])])
      #expect(before < between)
      #expect(await between < subject.connector.callCount)
    }
  }
}
