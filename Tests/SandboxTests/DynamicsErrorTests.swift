import AsyncHTTPClient
import Testing

@testable import Sandbox

@Suite struct DynamicsErrorTests {
  @Test(arguments: [
    ("GET", "leadz", 404, "0x80060888", "Resource not found for the segment 'leadz'."),
    (
      "PUT", "leads", 405, "0x80060888",
      "The requested resource does not support http method 'PUT'."
    ),
    ("GET", "leads(7)", 400, "0x80060888", "Bad Request - Error in query syntax."),
    (
      "GET", "leads(new_key='7')", 400, "0x80060888",
      "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.lead'. Ensure "
        + "that the names and number of key properties match the declared or alternate key "
        + "properties for the resource 'Microsoft.Dynamics.CRM.lead'."
    ),
    (
      "GET", "leads(10000000-0000-4000-8000-000000000001)", 404, "0x80040217",
      "lead With Id = 10000000-0000-4000-8000-000000000001 Does Not Exist"
    ),
    (
      "POST", "leads(10000000-0000-4000-8000-000000000001)/Nothing", 404, "0x80060888",
      "Resource not found for the segment 'Nothing'."
    ),
  ])
  func `an error has its status, its code, its text and the request's id`(
    method: String, path: String, status: Int, code: String, message: String
  ) async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.send(method, path, [:], method == "POST" ? [:] : nil)
      #expect(answer.status == status)
      #expect(
        answer.json == ["error": ["code": .string(code), "message": .string(message)]])
      #expect(answer.headers["req_id"] == answer.headers["x-ms-service-request-id"])
      #expect(answer.headers["content-type"] == "application/json; odata.metadata=minimal")
    }
  }

  @Test func `an error is annotated where that was asked for`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get(
        "leadz", prefer: "odata.include-annotations=\"Microsoft.PowerApps.CDS.*\"")
      #expect(
        answer.json["error"]?.members?.map(\.name) == [
          "code", "message", "@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus",
          "@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionHttpStatusCode",
          "@Microsoft.PowerApps.CDS.HelpLink", "@Microsoft.PowerApps.CDS.TraceText",
        ])
    }
  }

  @Test func `ordered failures come as often as they were ordered`() async throws {
    try await DynamicsBox.run { box in
      try await box.set([
        "dynamics_fail_next": ["status": 503, "count": 2, "retry_after": 5, "match": "WhoAmI"]
      ])
      #expect(try await box.get("leads").status == 200)
      let first = try await box.get("WhoAmI")
      #expect(first.status == 503)
      #expect(first.headers["retry-after"] == "5")
      #expect(first.failure[0] == "0x80040216")
      #expect(try await box.get("WhoAmI").status == 503)
      #expect(try await box.get("WhoAmI").status == 200)
      #expect(try await box.set([:]).json == [:])
      try await box.set(["dynamics_throttle_next": 1])
      let throttled = try await box.get("WhoAmI")
      #expect(throttled.status == 429)
      #expect(throttled.headers["retry-after"] == "2")
      #expect(
        throttled.failure == [
          "0x80072322",
          "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
        ])
      #expect(try await box.get("WhoAmI").status == 200)
    }
  }

  @Test func `a write may take effect although its answer is lost`() async throws {
    try await DynamicsBox.run { box in
      try await box.set(["dynamics_fail_next": ["status": 0, "applied": true]])
      await #expect(throws: (any Error).self) { try await box.addLead(1) }
      #expect(try await box.values("leads", 1, "lastname") == ["Park1"])
      try await box.set(["dynamics_fail_next": ["status": 500]])
      #expect(try await box.addLead(2).status == 500)
      #expect(try await box.get("leads(\(guid(2)))").status == 404)
    }
  }

  @Test func `an unknown setting is refused with the known ones`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.set(["dynamics_rain": true])
      #expect(answer.status == 400)
      #expect(
        answer.json["error"]?.string
          == "there is no setting 'dynamics_rain'; there are dynamics_expire_delta_tokens, "
          + "dynamics_revoke_tokens, dynamics_fail_next, dynamics_throttle_next, "
          + "dynamics_token_lifetime, dynamics_tracked_tables")
    }
  }

  @Test func `the 6001st request within 300 seconds is refused, and waiting helps`() throws {
    let limits = DynamicsLimits()
    for second in 0..<6000 {
      #expect(try limits.enter("a", now: Int64(second / 100)) == 5999 - second)
      limits.leave("a")
    }
    let failure = #expect(throws: DynamicsFailure.self) { _ = try limits.enter("a", now: 60) }
    #expect(failure?.code == "0x80072322")
    #expect(failure?.headers.map(\.value) == ["240"])
    #expect(try limits.enter("b", now: 60) == 5999)
    #expect(try limits.enter("a", now: 300) == 98)
  }

  @Test func `the 53rd request at a time is refused`() throws {
    let limits = DynamicsLimits()
    for _ in 0..<52 { _ = try limits.enter("a", now: 0) }
    let failure = #expect(throws: DynamicsFailure.self) { _ = try limits.enter("a", now: 0) }
    #expect(failure?.code == "0x80072326")
    limits.leave("a")
    _ = try limits.enter("a", now: 0)
  }
}
