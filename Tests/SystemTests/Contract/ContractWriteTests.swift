import Model
import Testing

/// What every connector promises of writing.
@Suite struct ContractWriteTests {
  typealias Party = ContractParty

  @Test(arguments: Party.allCases)
  func `results come in the order of the writes, one for each`(party: Party) async throws {
    try await party.meet { subject in
      #expect(subject.connector.batchSize(for: subject.object) >= 4)
      let one = try await subject.make(1)
      let other = try await subject.make(2)
      let title = [subject.title: Value.text("new")]

      let results = try await subject.write([
        (.update(one, ifVersion: nil), title), (.update(subject.nobody, ifVersion: nil), title),
        (.create(key: ContractSubject.key(3)), title), (.update(other, ifVersion: nil), title),
      ])

      #expect(results.map(\.operation) == [1, 2, 3, 4])
      #expect(results.map(\.outcome.name) == ["applied", "gone", "applied", "applied"])
      #expect(results[0].outcome.id == one)
      #expect(results[3].outcome.id == other)
      for id in [one, other, results[2].outcome.id].compactMap(\.self) {
        #expect(try await subject.record(id)?.fields[subject.title] == .text("new"))
      }
      #expect(try await subject.write([]) == [])
    }
  }

  @Test(arguments: Party.allCases)
  func `a create that is repeated finds the first`(party: Party) async throws {
    try await party.meet { subject in
      let create = Write.Action.create(key: ContractSubject.key(1))
      let title = [subject.title: Value.text("new")]
      let first = try await subject.make(1, title)

      let again = try await subject.write([(create, title)])[0].outcome

      // A service may take the repeat for an update of the same record, or say that it stands.
      #expect(again.id == first || again.name == "overtaken")
      let found = try await subject.connector.find(
        in: try await subject.schema(), by: .key, values: [ContractSubject.key(1)])
      #expect(found.map(\.id) == [first])
    }
  }

  @Test(arguments: Party.allCases)
  func `a write for a version that has passed changes nothing`(party: Party) async throws {
    try await party.meet { subject in
      let id = try await subject.make(1, [subject.title: .text("old")])
      let record = try #require(try await subject.record(id))
      // A side without versions has no precondition either.
      guard let version = record.version else { return }
      try await subject.edit(id, "a person's")

      let results = try await subject.write([
        (.update(id, ifVersion: version), [subject.title: .text("ours")])
      ])

      #expect(results.map(\.outcome.name) == ["overtaken"])
      let now = try #require(try await subject.record(id))
      #expect(now.fields[subject.title] == .text("a person's"))
      #expect(now.version != version)
      let second = try await subject.write([
        (.update(id, ifVersion: now.version), [subject.title: .text("ours")])
      ])
      #expect(second.map(\.outcome.name) == ["applied"])
    }
  }

  @Test(arguments: Party.allCases)
  func `a deleted record is gone`(party: Party) async throws {
    try await party.meet { subject in
      let id = try await subject.make(1)
      #expect(try await subject.write([(.delete(id), [:])])[0].outcome.name == "applied")
      #expect(try await subject.record(id) == nil)
      #expect(try await subject.write([(.delete(id), [:])])[0].outcome.name == "gone")
      let update = Write.Action.update(id, ifVersion: nil)
      #expect(
        try await subject.write([(update, [subject.title: .text("a")])])[0].outcome.name == "gone")
    }
  }

  @Test(arguments: Party.allCases)
  func `values come back in canonical form as the metadata predicts`(party: Party) async throws {
    try await party.meet { subject in
      let schema = try await subject.schema()
      let predicted = subject.values.reduce(into: [FieldName: Value]()) { stored, value in
        stored[value.key] = schema.fields[value.key]?.storedForm(value.value)
      }
      for (name, value) in subject.values {
        #expect(schema.fields[name]?.type == value.type, "\(name)")
      }

      let id = try await subject.make(1)
      let results = try await subject.write([(.update(id, ifVersion: nil), subject.values)])

      var expected = predicted
      expected[subject.email] = .empty
      let record = try #require(try await subject.record(id))
      #expect(record.fields == expected)
      if case .applied(_, let seen?) = results[0].outcome {
        #expect(seen == record)
      }
    }
  }

  @Test(arguments: Party.allCases)
  func `a write sets what it names and leaves the rest alone`(party: Party) async throws {
    try await party.meet { subject in
      let id = try await subject.make(
        1, [subject.email: .text("a@acme.test"), subject.title: .text("old")])
      let before = try #require(try await subject.record(id)).fields

      _ = try await subject.write([(.update(id, ifVersion: nil), [subject.title: .empty])])

      var expected = before
      expected[subject.title] = .empty
      #expect(try await subject.record(id)?.fields == expected)
    }
  }

  @Test(arguments: Party.allCases)
  func `what an answer does not tell, the history does`(party: Party) async throws {
    try await party.meet { subject in
      let id = try await subject.make(1, [subject.title: .text("old")])
      let bystander = try await subject.make(2, [subject.title: .text("old")])
      let results = try await subject.write([
        (.update(id, ifVersion: nil), [subject.title: .text("ours")])
      ])
      try await subject.edit(bystander, "a person's")

      let history = try await subject.connector.history(
        of: [id], since: subject.beginning)

      if case .applied(_, _?) = results[0].outcome {
        #expect(history == [])
        return
      }
      #expect(Set(history.map(\.record)) == [id])
      #expect(history.map(\.at) == history.map(\.at).sorted())
      let changes = history.filter { $0.event == .changed(field: subject.title, newValue: "ours") }
      #expect(changes.map(\.isFromAPI) == [true])
    }
  }
}

extension WriteResult.Outcome {
  /// The case's name, to compare outcomes whatever they carry.
  fileprivate var name: String {
    switch self {
    case .applied: "applied"
    case .rejected: "rejected"
    case .overtaken: "overtaken"
    case .gone: "gone"
    case .postponed: "postponed"
    case .unknown: "unknown"
    }
  }

  fileprivate var id: RecordID? {
    if case .applied(let id, _) = self { id } else { nil }
  }
}

extension Value {
  fileprivate var type: FieldType? {
    switch self {
    case .empty: nil
    case .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .boolean: .boolean
    case .date: .date
    case .instant: .instant
    case .guid: .guid
    case .option: .option
    case .reference: .reference
    }
  }
}
