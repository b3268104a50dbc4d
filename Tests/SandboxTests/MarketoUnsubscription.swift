import Testing

@testable import Sandbox

@Suite struct MarketoUnsubscription {
  private static func write(_ bench: MarketoBench, _ record: String) async throws {
    let answer = try await bench.post(
      "/rest/v1/leads.json",
      #"{"action":"updateOnly","lookupField":"id","input":[\#(record)]}"#)
    #expect(answer.contains(#""status":"updated""#), "\(answer)")
  }

  private static func marks(_ bench: MarketoBench) async throws -> String {
    let text = try await bench.get(
      "/rest/v1/leads.json?filterType=id&filterValues=7001,7002,7003,7004&fields=unsubscribed")
    return (MarketoJSON(reading: text)?["result"]?.elements ?? [])
      .map { $0["unsubscribed"]?.truth == true ? "out" : "in" }.joined(separator: " ")
  }

  private static func prepare(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "/rest/v1/leads.json",
      #"{"action":"createDuplicate","input":[{"email":"ines@acme.test"},"#
        + #"{"email":"INES@acme.test"},{"email":"bo@acme.test"}]}"#)
  }

  @Test func `an opt-out and its withdrawal reach everyone with the address`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await Self.write(bench, #"{"id":7001,"unsubscribed":true}"#)
      #expect(try await Self.marks(bench) == "out out in")
      try await Self.write(bench, #"{"id":7002,"unsubscribed":false}"#)
      #expect(try await Self.marks(bench) == "in in in")
      let api = "Reason=Web service API | Source=Web service API"
      let spread = "Reason=Durable unsubscribe | Source=Email address status"
      #expect(
        try await bench.log("13") == [
          "13 7001 Unsubscribed | New Value=true | Old Value=false | \(api)",
          "13 7002 Unsubscribed | New Value=true | Old Value=false | \(spread)",
          "13 7002 Unsubscribed | New Value=false | Old Value=true | \(api)",
          "13 7001 Unsubscribed | New Value=false | Old Value=true | \(spread)",
        ])
    }
  }

  @Test func `an address that is known to be out stays out when it comes again`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await Self.write(bench, #"{"id":7003,"unsubscribed":true}"#)
      _ = try await bench.post(
        "/rest/v1/leads/delete.json", #"{"input":[{"id":7003}]}"#)
      _ = try await bench.post(
        "/rest/v1/leads.json", #"{"input":[{"email":"Bo@acme.test","unsubscribed":false}]}"#)
      #expect(try await Self.marks(bench) == "in in out")
      try await Self.write(bench, #"{"id":7001,"email":"bo@ACME.test"}"#)
      #expect(try await Self.marks(bench) == "out in out")
    }
  }

  @Test func `a new address is no longer invalid`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await Self.write(
        bench, #"{"id":7001,"emailInvalid":true,"emailInvalidCause":"hard bounce"}"#)
      try await Self.write(bench, #"{"id":7001,"email":"ines@new.test"}"#)
      let read = try await bench.get(
        "/rest/v1/lead/7001.json?fields=email,emailInvalid,emailInvalidCause")
      #expect(
        read
          == #"{"result":[{"id":7001,"email":"ines@new.test","emailInvalid":false,"#
          + #""emailInvalidCause":null}],"success":true}"#)
    }
  }
}
