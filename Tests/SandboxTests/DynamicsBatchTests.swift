import Testing

@testable import Sandbox

@Suite struct DynamicsBatchTests {
  /// One part of a batch.
  private static func part(
    _ method: String, _ url: String, _ headers: [String] = [], _ body: String = "",
    contentID: Int? = nil
  ) -> String {
    let lines =
      ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
      + (contentID.map { ["Content-ID: \($0)"] } ?? [])
      + ["", "\(method) \(url) HTTP/1.1", "Content-Type: application/json; type=entry"]
      + headers + ["", body, ""]
    return lines.joined(separator: "\r\n")
  }

  private static func changeSet(_ parts: [String]) -> String {
    let inner = parts.map { "--changeset_9a22\r\n\($0)" }.joined()
    return "Content-Type: multipart/mixed; boundary=\"changeset_9a22\"\r\n\r\n\(inner)"
      + "--changeset_9a22--\r\n"
  }

  private static func send(
    _ box: DynamicsBox, _ items: [String], goesOn: Bool = false, lineEnd: String = "\r\n"
  ) async throws -> DynamicsBox.Answer {
    let body = items.map { "--batch_7f01\r\n\($0)" }.joined() + "--batch_7f01--\r\n"
    var headers = [
      "Authorization": "Bearer \(box.token)",
      "Content-Type": "multipart/mixed; boundary=\"batch_7f01\"",
    ]
    if goesOn { headers["Prefer"] = "odata.continue-on-error" }
    return try await box.raw(
      "POST", "\(box.base)/$batch", headers,
      Array(body.replacing("\r\n", with: lineEnd).utf8))
  }

  /// The status lines of all parts.
  private static func statuses(_ answer: DynamicsBox.Answer) -> [Int] {
    answer.text.split(separator: "HTTP/1.1 ").dropFirst().compactMap { Int($0.prefix(3)) }
  }

  private static let root = "/api/data/v9.2"

  @Test(arguments: ["\r\n", "\n"])
  func `parts run in order and each gets its answer`(lineEnd: String) async throws {
    try await DynamicsBox.run { box in
      let answer = try await Self.send(
        box,
        [
          Self.part(
            "POST", "\(Self.root)/leads?$select=fullname", ["Prefer: return=representation"],
            "{\"leadid\":\"\(guid(1))\",\"lastname\":\"Park\"}"),
          Self.part(
            "PATCH", "\(box.base)/leads(\(guid(1)))", ["If-Match: *"], "{\"jobtitle\":\"CTO\"}"),
          Self.part("GET", "\(Self.root)/leads(\(guid(1)))?$select=jobtitle"),
          Self.part("DELETE", "leads(\(guid(1)))"),
        ], lineEnd: lineEnd)
      #expect(answer.status == 200)
      #expect(
        answer.headers["content-type"]?.hasPrefix("multipart/mixed; boundary=batchresponse_")
          == true)
      #expect(Self.statuses(answer) == [201, 204, 200, 204])
      #expect(answer.text.contains("\"fullname\":\"Park\""))
      #expect(answer.text.contains("\"jobtitle\":\"CTO\""))
    }
  }

  @Test func `a batch stops at the first failure unless it is to go on`() async throws {
    try await DynamicsBox.run { box in
      let items = [
        Self.part("POST", "leads", [], "{\"leadid\":\"\(guid(1))\"}"),
        Self.part("PATCH", "leads(\(guid(9)))", ["If-Match: *"], "{\"jobtitle\":\"x\"}"),
        Self.part("POST", "leads", [], "{\"leadid\":\"\(guid(2))\"}"),
      ]
      let stopped = try await Self.send(box, items)
      #expect(stopped.status == 400)
      #expect(Self.statuses(stopped) == [204, 404])
      #expect(stopped.text.contains("REQ_ID: "))
      let whole = try await Self.send(box, items, goesOn: true)
      #expect(whole.status == 200)
      #expect(Self.statuses(whole) == [412, 404, 204])
      #expect(try await box.get("leads/$count").text == "\u{FEFF}2")
    }
  }

  @Test func `a change set is written whole or not at all`() async throws {
    try await DynamicsBox.run { box in
      let good = Self.changeSet([
        Self.part("POST", "accounts", [], "{\"name\":\"Park AS\"}", contentID: 1),
        Self.part(
          "POST", "leads", [],
          "{\"leadid\":\"\(guid(1))\",\"lastname\":\"Park\",\"parentaccountid@odata.bind\":\"$1\"}",
          contentID: 2),
        Self.part("PATCH", "$2", ["If-Match: *"], "{\"jobtitle\":\"CTO\"}", contentID: 3),
      ])
      let bad = Self.changeSet([
        Self.part("POST", "accounts", [], "{\"name\":\"Gone AS\"}", contentID: 1),
        Self.part("PATCH", "$7", [], "{\"name\":\"x\"}", contentID: 2),
      ])
      let answer = try await Self.send(box, [good, bad], goesOn: true)
      #expect(Self.statuses(answer) == [204, 204, 204, 400])
      #expect(
        answer.text.contains("Content-ID Reference: '$7' does not exist in the batch context."))
      #expect(try await box.get("accounts/$count").text == "\u{FEFF}1")
      #expect(try await box.values("leads", 1, "jobtitle") == ["CTO"])
      let get = try await Self.send(box, [Self.changeSet([Self.part("GET", "leads")])])
      #expect(get.status == 400)
    }
  }

  @Test func `a batch takes 1000 operations and refuses one more`() async throws {
    try await DynamicsBox.run { box in
      func items(_ count: Int) -> [String] {
        (1...count).map { number in
          Self.part(
            "POST", "\(Self.root)/leads?$select=leadid,fullname,jobtitle",
            ["Prefer: return=representation"],
            "{\"leadid\":\"\(guid(number))\",\"lastname\":\"Park\",\"jobtitle\":\"CTO\"}")
        }
      }
      let answer = try await Self.send(box, items(1000), goesOn: true)
      #expect(Self.statuses(answer).count { $0 == 201 } == 1000)
      let tooMany = try await Self.send(box, items(1001), goesOn: true)
      #expect(tooMany.status == 400)
      #expect(tooMany.failure[1]?.contains("1000") == true)
    }
  }

  @Test func `a part can be throttled by the switch`() async throws {
    try await DynamicsBox.run { box in
      try await box.set(["dynamics_throttle_next": ["in_batch": true, "count": 1]])
      let answer = try await Self.send(
        box, [Self.part("POST", "leads", [], "{}"), Self.part("POST", "leads", [], "{}")],
        goesOn: true)
      #expect(Self.statuses(answer) == [429, 204])
      #expect(answer.text.contains("Retry-After: 2"))
    }
  }
}
