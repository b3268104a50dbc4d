import Model
import Testing
import Transport

@testable import Marketo

@Suite struct WriteTests {
  private static let persons = "/rest/v1/leads.json"

  @Test func `a person is created by the key, in the partition`() async throws {
    let service = ScriptedService([
      Self.persons: [.result(#"{"id":7001,"status":"created"},{"id":7002,"status":"updated"}"#)]
    ])
    let connector = try Fixture.connector(service, settings: Fixture.settings(partition: "EMEA"))
    let results = try await connector.write(
      [
        Self.create(1, "k1", ["firstName": .text("Ines"), "doNotCall": .boolean(true)]),
        Self.create(2, "k2", ["dynamicsId": .text("k2"), "firstName": .empty]),
      ], to: Fixture.person)
    #expect(results == [Self.applied(1, "7001"), Self.applied(2, "7002")])
    #expect(
      await service.calls == [
        #"POST /rest/v1/leads.json {"action":"createOrUpdate","input":["#
          + #"{"doNotCall":true,"dynamicsId":"k1","firstName":"Ines"},"#
          + #"{"dynamicsId":"k2","firstName":null}],"#
          + #""lookupField":"dynamicsId","partitionName":"EMEA"}"#
      ])
    #expect(
      await service.requests.last?.headers == [
        .init("Accept", "application/json"), .init("Authorization", "Bearer T1"),
        .init("Content-Type", "application/json"),
      ])
  }

  @Test func `creates, updates and deletes are calls of their own, results in the writes' order`()
    async throws
  {
    let service = ScriptedService([
      Self.persons: [
        .result(#"{"id":9,"status":"created"}"#), .result(#"{"id":7001,"status":"updated"}"#),
      ],
      "/rest/v1/leads/delete.json": [.result(#"{"id":7002,"status":"deleted"}"#)],
    ])
    let number = try #require(ExactDecimal("1604.47"))
    let results = try await Fixture.connector(service).write(
      [
        Self.delete(1, "7002"), Self.update(2, "7001", ["annualRevenue": .decimal(number)]),
        Self.create(3, "k3", [:]),
      ], to: Fixture.person)
    #expect(
      results == [Self.applied(1, "7002"), Self.applied(2, "7001"), Self.applied(3, "9")])
    #expect(
      await service.calls == [
        #"POST /rest/v1/leads.json {"action":"createOrUpdate","input":[{"dynamicsId":"k3"}],"#
          + #""lookupField":"dynamicsId"}"#,
        #"POST /rest/v1/leads.json {"action":"updateOnly","#
          + #""input":[{"annualRevenue":1604.47,"id":7001}],"lookupField":"id"}"#,
        #"POST /rest/v1/leads/delete.json {"input":[{"id":7002}]}"#,
      ])
  }

  @Test func `companies are written by their dedupe field and known by it`() async throws {
    let service = ScriptedService([
      "/rest/v1/companies.json": [
        .result(#"{"seq":0,"id":5101,"status":"created"}"#),
        .result(#"{"seq":0,"id":5102,"status":"updated"}"#),
      ],
      "/rest/v1/companies/delete.json": [
        .result(
          #"{"seq":0,"status":"skipped","reasons":[{"code":"1013","message":"Record not found"}]}"#)
      ],
    ])
    let results = try await Fixture.connector(service).write(
      [
        Self.create(1, "a1", ["company": .text("Acme")], in: .company),
        Self.update(2, "a2", ["company": .empty], in: .company),
        Self.delete(3, "a3", in: .company),
      ], to: Fixture.companies)
    #expect(
      results == [Self.applied(1, "a1"), Self.applied(2, "a2"), Self.result(3, .gone)])
    #expect(
      await service.calls == [
        #"POST /rest/v1/companies.json {"action":"createOrUpdate","dedupeBy":"dedupeFields","#
          + #""input":[{"company":"Acme","externalCompanyId":"a1"}]}"#,
        #"POST /rest/v1/companies.json {"action":"updateOnly","dedupeBy":"dedupeFields","#
          + #""input":[{"company":null,"externalCompanyId":"a2"}]}"#,
        #"POST /rest/v1/companies/delete.json {"deleteBy":"dedupeFields","#
          + #""input":[{"externalCompanyId":"a3"}]}"#,
      ])
  }

  @Test func `sales persons are written like companies`() async throws {
    let service = ScriptedService([
      "/rest/v1/salespersons.json": [.result(#"{"seq":0,"id":1,"status":"created"}"#)]
    ])
    let results = try await Fixture.connector(service).write(
      [Self.create(1, "u1", ["firstName": .text("Bo")], in: .salesPerson)],
      to: Fixture.salesPersons)
    #expect(results == [Self.applied(1, "u1")])
    #expect(
      await service.calls == [
        #"POST /rest/v1/salespersons.json {"action":"createOrUpdate","dedupeBy":"dedupeFields","#
          + #""input":[{"externalSalesPersonId":"u1","firstName":"Bo"}]}"#
      ])
  }

  @Test func `results of standard objects are told apart by their place`() async throws {
    let service = ScriptedService([
      "/rest/v1/companies.json": [
        .result(#"{"seq":1,"id":2,"status":"updated"},{"seq":0,"id":1,"status":"created"}"#)
      ]
    ])
    let results = try await Fixture.connector(service).write(
      [Self.create(1, "a1", [:], in: .company), Self.create(2, "a2", [:], in: .company)],
      to: Fixture.companies)
    #expect(results == [Self.applied(1, "a1"), Self.applied(2, "a2")])
  }

  @Test func `a record that the service skipped does not hold back the others`() async throws {
    let service = ScriptedService([
      Self.persons: [
        .result(
          #"{"status":"skipped","reasons":[{"code":"1004","message":"Lead not found"}]},"#
            + #"{"id":2,"status":"updated"},"#
            + #"{"status":"skipped","reasons":[{"code":"1006","message":"Field 'firstName' not found"}]},"#
            + #"{"status":"skipped","reasons":[{"code":"1019","message":"Import in progress"}]}"#)
      ]
    ])
    let results = try await Fixture.connector(service).write(
      [
        Self.update(1, "1", ["firstName": .text("A")]),
        Self.update(2, "2", ["firstName": .text("B")]),
        Self.update(3, "3", ["firstName": .text("C")]),
        Self.update(4, "4", ["firstName": .text("D")]),
      ], to: Fixture.person)
    #expect(
      results == [
        Self.result(1, .gone), Self.applied(2, "2"),
        Self.result(
          3,
          .rejected(
            Rejection(
              code: "1006", message: "Field 'firstName' not found", field: "firstName"))),
        Self.result(
          4,
          .postponed(
            ServiceError(
              .unavailable(retryAfter: nil), side: .marketo, attempt: "could not update persons",
              reason: "the service cannot do it now", code: "1019", requestID: Self.requestID))),
      ])
  }

  @Test func `an unknown company of a person is that field's fault, not a person that is gone`()
    async throws
  {
    let service = ScriptedService([
      Self.persons: [
        .result(
          #"{"status":"skipped","reasons":[{"code":"1013","message":"Object not found"}]}"#)
      ]
    ])
    let results = try await Fixture.connector(service).write(
      [Self.update(1, "1", ["externalCompanyId": .text("a9"), "firstName": .text("A")])],
      to: Fixture.person)
    #expect(
      results == [
        Self.result(
          1,
          .rejected(
            Rejection(code: "1013", message: "Object not found", field: "externalCompanyId")))
      ])
  }

  @Test func `a result that does not fit the writes leaves them unknown`() async throws {
    let service = ScriptedService([Self.persons: [.result(#"{"id":1,"status":"updated"}"#)]])
    let results = try await Fixture.connector(service).write(
      [Self.update(1, "1", [:]), Self.update(2, "2", [:])], to: Fixture.person)
    let error = ServiceError(
      .unexpectedAnswer, side: .marketo, attempt: "could not update persons",
      reason: "the answer does not say what became of the record", requestID: Self.requestID,
      mayHaveApplied: true)
    #expect(results == [Self.result(1, .unknown(error)), Self.result(2, .unknown(error))])
  }

  @Test(arguments: [
    ScriptedService.Reply.error(604), .error(502), .error(611), .page(status: 502),
    .failure(TransportFailure(.noAnswer, reason: "closed")),
    .failure(TransportFailure(.timedOut, reason: "too slow")),
  ])
  func `a write without a clear answer is unknown, is not repeated, and stops the rest`(
    reply: ScriptedService.Reply
  ) async throws {
    let service = ScriptedService([Self.persons: [reply]])
    let results = try await Fixture.connector(service).write(
      [Self.update(1, "1", [:]), Self.create(2, "k2", [:])], to: Fixture.person)
    #expect(await service.count(Self.persons) == 1)
    #expect(results.map(\.operation) == [1, 2])
    guard case .postponed = results[0].outcome, case .unknown(let error) = results[1].outcome
    else {
      Issue.record("\(results)")
      return
    }
    #expect(error.mayHaveApplied)
    #expect(error.attempt == "could not create persons")
  }

  @Test(arguments: [603, 607, 1018, 1006])
  func `a batch of which nothing was applied is thrown`(code: Int) async throws {
    let service = ScriptedService([Self.persons: [.error(code, "Field 'x' not found")]])
    let error = await failure {
      try await Fixture.connector(service)
        .write([Self.update(1, "1", [:])], to: Fixture.person)
    }
    #expect(error?.code == String(code))
    #expect(error?.mayHaveApplied == false)
  }

  @Test func `what was applied before a call is refused stays told`() async throws {
    let service = ScriptedService([
      Self.persons: [.result(#"{"id":9,"status":"created"}"#), .error(607)]
    ])
    let results = try await Fixture.connector(service).write(
      [Self.update(1, "1", [:]), Self.create(2, "k2", [:])], to: Fixture.person)
    #expect(results[1] == Self.applied(2, "9"))
    guard case .postponed(let error) = results[0].outcome else {
      Issue.record("\(results)")
      return
    }
    #expect(error.kind == .quotaExhausted)
  }

  @Test func `a call refused for one record's data is halved until that one stands alone`()
    async throws
  {
    let refused = ScriptedService.Reply.error(1003, "Value for field 'firstName' is invalid")
    let service = ScriptedService([
      Self.persons: [
        refused, .result(#"{"id":1,"status":"updated"}"#), refused, refused,
        .result(#"{"id":3,"status":"updated"}"#),
      ]
    ])
    let results = try await Fixture.connector(service).write(
      (1...3).map { Self.update($0, "\($0)", ["firstName": .text("A\($0)")]) },
      to: Fixture.person)
    #expect(
      results == [
        Self.applied(1, "1"),
        WriteResult(
          operation: 2,
          outcome: .rejected(
            Rejection(
              code: "1003", message: "Value for field 'firstName' is invalid",
              field: "firstName")), requestID: "e1#1a1f7f83000"),
        Self.applied(3, "3"),
      ])
  }

  @Test func `a body over 1 MB is sent in parts`() async throws {
    let notes = String(repeating: "n", count: 300_000)
    let service = ScriptedService([
      Self.persons: [
        .result(#"{"id":1,"status":"updated"},{"id":2,"status":"updated"}"#),
        .result(#"{"id":3,"status":"updated"},{"id":4,"status":"updated"}"#),
      ]
    ])
    let results = try await Fixture.connector(service).write(
      (1...4).map { Self.update($0, "\($0)", ["firstName": .text(notes)]) }, to: Fixture.person)
    #expect(results == (1...4).map { Self.applied($0, "\($0)") })
    #expect(
      await service.requests.compactMap(\.body).allSatisfy { $0.count < 1_000_000 })
  }

  @Test func `nothing to write is no call`() async throws {
    let service = ScriptedService()
    let connector = try Fixture.connector(service)
    #expect(try await connector.write([], to: Fixture.person) == [])
    #expect(await service.requests == [])
    #expect(connector.batchSize(for: .person) == 300)
    #expect(connector.settlingTime == .seconds(120))
  }

  private static let requestID = "1a#1a1f7f83000"

  private static func result(_ operation: Int64, _ outcome: WriteResult.Outcome) -> WriteResult {
    WriteResult(operation: operation, outcome: outcome, requestID: requestID)
  }

  private static func applied(_ operation: Int64, _ id: String) -> WriteResult {
    result(operation, .applied(id: .marketo(id), record: nil))
  }

  private static func create(
    _ operation: Int64, _ key: String, _ fields: [FieldName: Value], in object: ObjectType = .person
  ) -> Write {
    Write(operation: operation, object: object, action: .create(key: key), fields: fields)
  }

  private static func update(
    _ operation: Int64, _ id: String, _ fields: [FieldName: Value], in object: ObjectType = .person
  ) -> Write {
    Write(
      operation: operation, object: object, action: .update(.marketo(id), ifVersion: nil),
      fields: fields)
  }

  private static func delete(
    _ operation: Int64, _ id: String, in object: ObjectType = .person
  ) -> Write {
    Write(operation: operation, object: object, action: .delete(.marketo(id)), fields: [:])
  }
}
