import Model
import Testing
import Transport

@testable import Dynamics

private let selected: [FieldName] = [
  "firstname", "revenue", "leadsourcecode", "donotphone", "estimatedclosedate", "customerid",
  "new_regionid", "new_score",
]

private struct Part {
  var status: String
  var headers: [String] = []
  var body = ""

  static func error(_ status: String, _ code: String, _ message: String = "no") -> Part {
    Part(status: status, body: #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#)
  }
}

private func answer(
  _ parts: [Part], cut: Bool = false, status: Int = 200, newline: String = "\r\n"
) -> ScriptedExchange.Answer {
  var lines: [String] = []
  for part in parts {
    lines += [
      "--batchresponse_0c", "Content-Type: application/http", "Content-Transfer-Encoding: binary",
      "", "HTTP/1.1 \(part.status)", "OData-Version: 4.0",
    ]
    lines += part.headers + ["", part.body]
  }
  if !cut { lines += ["--batchresponse_0c--", ""] }
  return .json(
    status, lines.joined(separator: newline),
    ["Content-Type": "multipart/mixed; boundary=batchresponse_0c"])
}

private func write(
  _ writes: [Write], answers: [ScriptedExchange.Answer],
  beside others: [String: [ScriptedExchange.Answer]] = [:]
) async throws -> (results: [WriteResult], exchange: ScriptedExchange) {
  let exchange = Organisation.exchange(["POST $batch": answers].merging(others) { $1 })
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  return (try await connector.write(writes, to: schema), exchange)
}

private let lead1 = RecordID.dynamics(Organisation.lead1)
private let lead2 = RecordID.dynamics(Organisation.lead2)

private func update(
  _ operation: Int64, _ fields: [FieldName: Value] = ["firstname": .text("Ines")]
) -> Write {
  Write(
    operation: operation, object: .lead,
    action: .update(lead1, ifVersion: "W/\"4418310\""), fields: fields)
}

private func create(_ operation: Int64) -> Write {
  Write(
    operation: operation, object: .lead, action: .create(key: Organisation.lead2),
    fields: ["firstname": .text("Rui")])
}

@Test func `a batch holds each write on its own, with its precondition`() async throws {
  let revenue = try #require(ExactDecimal("125000.50"))
  let account = RecordID.dynamics("20000000-0000-0000-0000-000000000002")
  let writes = [
    Write(
      operation: 1, object: .lead, action: .create(key: Organisation.lead2),
      fields: [
        "firstname": .text("Zoë \"Z\""), "revenue": .decimal(revenue), "leadsourcecode": .option(8),
        "donotphone": .boolean(true), "new_score": .integer(3), "new_regionid": .empty,
        "customerid": .reference(Reference(.account, account)),
      ]),
    Write(
      operation: 2, object: .lead, action: .update(lead1, ifVersion: "W/\"4418310\""),
      fields: [
        "firstname": .empty, "estimatedclosedate": .date(try #require(CalendarDate("2026-03-31"))),
        "new_regionid": .empty,
      ]),
    Write(
      operation: 3, object: .lead, action: .update(lead2, ifVersion: nil),
      fields: ["firstname": .text("a\nb")]),
    Write(operation: 4, object: .lead, action: .delete(lead1), fields: [:]),
  ]
  let exchange = try await write(writes, answers: [answer([])]).exchange
  let request = try #require(exchange.requests.last)
  let select =
    "$select=_customerid_value,_masterid_value,_modifiedby_value,_new_regionid_value,"
    + "_ownerid_value,_parentcontactid_value,donotphone,emailaddress1,estimatedclosedate,"
    + "firstname,leadid,leadsourcecode,merged,modifiedon,new_score,revenue,statecode"
  let prefer =
    "return=representation, "
    + "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\""
  let expected = """
    --batch_dynsync
    Content-Type: application/http
    Content-Transfer-Encoding: binary

    POST /api/data/v9.2/leads?\(select) HTTP/1.1
    Content-Type: application/json
    Accept: application/json
    Prefer: \(prefer)

    {"customerid_account@odata.bind":"/accounts(20000000-0000-0000-0000-000000000002)",\
    "donotphone":true,"firstname":"Zoë \\"Z\\"","leadid":"\(Organisation.lead2)",\
    "leadsourcecode":8,"revenue":125000.5}
    --batch_dynsync
    Content-Type: application/http
    Content-Transfer-Encoding: binary

    PATCH /api/data/v9.2/leads(\(Organisation.lead1))?\(select) HTTP/1.1
    Content-Type: application/json
    Accept: application/json
    Prefer: \(prefer)
    If-Match: W/"4418310"

    {"estimatedclosedate":"2026-03-31","firstname":null,"new_RegionId@odata.bind":null}
    --batch_dynsync
    Content-Type: application/http
    Content-Transfer-Encoding: binary

    PATCH /api/data/v9.2/leads(\(Organisation.lead2))?\(select) HTTP/1.1
    Content-Type: application/json
    Accept: application/json
    Prefer: \(prefer)
    If-Match: *

    {"firstname":"a\\nb"}
    --batch_dynsync
    Content-Type: application/http
    Content-Transfer-Encoding: binary

    DELETE /api/data/v9.2/leads(\(Organisation.lead1)) HTTP/1.1


    --batch_dynsync--

    """
  #expect(request.text.replacing("\r\n", with: "\n") == expected)
  #expect(request.url == "\(Organisation.root)/api/data/v9.2/$batch")
  #expect(request[header: "Content-Type"] == "multipart/mixed; boundary=\"batch_dynsync\"")
  #expect(request[header: "Prefer"] == "odata.continue-on-error")
}

@Test func `an owner is a user or a team under one name`() async throws {
  let owner = Reference(.team, .dynamics(Organisation.user))
  let exchange = try await write(
    [update(1, ["ownerid": .reference(owner)])], answers: [answer([])]
  ).exchange
  let body = "{\"ownerid@odata.bind\":\"/teams(\(Organisation.user))\"}"
  #expect(exchange.requests.last?.text.contains(body) == true)
}

@Test(arguments: ["\r\n", "\n"])
func `what was stored comes back with the write`(newline: String) async throws {
  let body = """
    {"@odata.etag":"W/\\"4418999\\"","leadid":"\(Organisation.lead1)","firstname":"Ines",\
    "emailaddress1":null}
    """
  let parts = [
    Part(status: "200 OK", headers: ["REQ_ID: 3e02"], body: body), Part(status: "204 No Content"),
  ]
  let delete = Write(operation: 2, object: .lead, action: .delete(lead2), fields: [:])
  let results = try await write([update(1), delete], answers: [answer(parts, newline: newline)])
    .results
  #expect(
    results == [
      WriteResult(
        operation: 1,
        outcome: .applied(
          id: lead1,
          record: Record(
            id: lead1, version: "W/\"4418999\"", fields: ["firstname": .text("Ines")])),
        requestID: "3e02"),
      WriteResult(operation: 2, outcome: .applied(id: lead2, record: nil)),
    ])
}

@Test func `a part that was refused stops no other`() async throws {
  let text = """
    A validation error occurred.  The length of the 'firstname' attribute of the 'lead' entity \
    exceeded the maximum allowed length of '50'.
    """
  let parts: [Part] = [
    .error("400 Bad Request", "0x80044331", text),
    .error("412 Precondition Failed", "0x80060882"),
    .error("404 Not Found", "0x80040217", "lead With Id = \(Organisation.lead1) Does Not Exist"),
    .error("400 Bad Request", "0x80040265", "Our plug-in says no"),
    .error("412 Precondition Failed", "0x80060892", "Entity Key x violated."),
    .error("403 Forbidden", "0x8004f507", "permissions to a Firstname secured field on entity"),
  ]
  let results = try await write((1...6).map { update($0) }, answers: [answer(parts)]).results
  #expect(
    results.map(\.outcome) == [
      .rejected(Rejection(code: "0x80044331", message: text, field: "firstname")),
      .overtaken, .gone,
      .rejected(Rejection(code: "0x80040265", message: "Our plug-in says no")),
      .rejected(Rejection(code: "0x80060892", message: "Entity Key x violated.")),
      .rejected(
        Rejection(
          code: "0x8004f507", message: "permissions to a Firstname secured field on entity",
          field: "firstname")),
    ])
}

@Test func `a look-up to a record that is not there is refused, not the record gone`() async throws
{
  let account = "20000000-0000-0000-0000-00000000000a"
  let fields: [FieldName: Value] = [
    "customerid": .reference(Reference(.account, .dynamics(account)))
  ]
  let text = "account With Id = \(account.uppercased()) Does Not Exist"
  let results = try await write(
    [update(1, fields)], answers: [answer([.error("404 Not Found", "0x80040217", text)])]
  ).results
  #expect(
    results.map(\.outcome) == [
      .rejected(Rejection(code: "0x80040217", message: text, field: "customerid"))
    ])
}

@Test func `a look-up that cannot point at such a record is refused before it is sent`()
  async throws
{
  let fields: [FieldName: Value] = [
    "new_regionid": .reference(Reference(.user, .dynamics(Organisation.user)))
  ]
  let (results, exchange) = try await write([update(7, fields)], answers: [])
  #expect(
    results == [
      WriteResult(
        operation: 7,
        outcome: .rejected(
          Rejection(
            code: "dynsync:lookup", message: "'new_regionid' cannot point at that kind of record",
            field: "new_regionid")))
    ])
  #expect(exchange.calls.isEmpty)
}

@Test func `a create that meets its own id is overtaken, one that meets another key is refused`()
  async throws
{
  let clash = answer([.error("412 Precondition Failed", "0x80060892", "Entity Key violated.")])
  let mine = ScriptedExchange.Answer.json(200, #"{"value":[{"leadid":"\#(Organisation.lead2)"}]}"#)
  let none = ScriptedExchange.Answer.json(200, #"{"value":[]}"#)
  let repeated = try await write([create(1)], answers: [clash], beside: ["GET leads?": [mine]])
  let other = try await write([create(1)], answers: [clash], beside: ["GET leads?": [none]])
  let unsure = try await write(
    [create(1)], answers: [clash], beside: ["GET leads?": [.error(403, "0x80040220")]])
  let rejection = Rejection(code: "0x80060892", message: "Entity Key violated.")
  #expect(repeated.results.map(\.outcome) == [.overtaken])
  #expect(other.results.map(\.outcome) == [.rejected(rejection)])
  #expect(unsure.results.map(\.outcome) == [.overtaken])
}

@Test func `a part that was throttled is postponed, one that broke is unknown`() async throws {
  let parts: [Part] = [
    Part(
      status: "429 Too Many Requests", headers: ["Retry-After: 5"],
      body: #"{"error":{"code":"0x80072322","message":"no"}}"#),
    .error("400 Bad Request", "0x80071151"),
    .error("500 Internal Server Error", "0x80040216"),
  ]
  let results = try await write((1...3).map { update($0) }, answers: [answer(parts)]).results
  let attempt = "could not write leads"
  #expect(
    results.map(\.outcome) == [
      .postponed(
        ServiceError(
          .rateLimited(retryAfter: .seconds(5)), side: .dynamics, attempt: attempt,
          reason: "too many calls", code: "0x80072322")),
      .postponed(
        ServiceError(
          .unavailable(retryAfter: nil), side: .dynamics, attempt: attempt,
          reason: "a solution is being imported", code: "0x80071151")),
      .unknown(
        ServiceError(
          .unavailable(retryAfter: nil), side: .dynamics, attempt: attempt,
          reason: "the service answered 500", code: "0x80040216", mayHaveApplied: true)),
    ])
}

@Test func `writes that the answer does not reach are unknown`() async throws {
  let body = "{\"leadid\":\"\(Organisation.lead1)\"}"
  let parts = [Part(status: "200 OK", body: body), Part(status: "200 OK", body: body)]
  let results = try await write((1...3).map { update($0) }, answers: [answer(parts, cut: true)])
    .results
  #expect(results.map(\.operation) == [1, 2, 3])
  let isUnknown = results.map { result in
    if case .unknown = result.outcome { true } else { false }
  }
  #expect(isUnknown == [false, true, true])
}

@Test(arguments: [
  ScriptedExchange.Answer.failure(TransportFailure(.noAnswer, reason: "it broke")),
  .failure(TransportFailure(.timedOut, reason: "no answer in time")), .json(502, "<html>"),
  .json(503, ""), .json(200, "<html>", ["Content-Type": "text/html"]),
])
func `a batch without an answer leaves every write unknown, and is not repeated`(
  reply: ScriptedExchange.Answer
) async throws {
  let (results, exchange) = try await write([update(1), update(2)], answers: [reply])
  let isUnknown = results.map { result in
    if case .unknown(let error) = result.outcome { error.mayHaveApplied } else { false }
  }
  #expect(isUnknown == [true, true])
  #expect(exchange.calls == ["POST $batch"])
}

@Test func `a batch that was turned away is sent again, and one that never left is thrown`()
  async throws
{
  let done = answer([Part(status: "200 OK", body: "{\"leadid\":\"\(Organisation.lead1)\"}")])
  let (results, exchange) = try await write(
    [update(1)],
    answers: [
      .error(429, "0x80072322", "no", ["Retry-After": "5"]),
      .json(503, "", ["Retry-After": "5"]), done,
    ])
  #expect(
    results.map(\.outcome) == [.applied(id: lead1, record: Record(id: lead1, fields: [:]))])
  #expect(exchange.calls.count == 3)
  let error = await #expect(throws: ServiceError.self) {
    try await write(
      [update(1)], answers: [.failure(TransportFailure(.notSent, reason: "no connection"))])
  }
  #expect(error?.mayHaveApplied == false)
}

@Test func `an answer that is not 200 counts by its parts`() async throws {
  let parts: [Part] = [.error("400 Bad Request", "0x80040203", "no")]
  let results = try await write([update(1)], answers: [answer(parts, status: 400)]).results
  #expect(results.map(\.outcome) == [.rejected(Rejection(code: "0x80040203", message: "no"))])
}
