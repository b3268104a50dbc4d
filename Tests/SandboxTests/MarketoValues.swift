import Testing

@testable import Sandbox

@Suite struct MarketoValues {
  @Test(
    arguments: [
      ("1", "1"), ("-0", "0"), ("+1.50", "1.5"), ("007.10", "7.1"), ("1e3", "1000"),
      ("1.25E+1", "12.5"), ("-4.2e-3", "-0.0042"), (".5", "0.5"), ("5.", "5"), ("x", nil),
      ("", nil), ("1.2.3", nil), ("--1", nil), ("1e99", nil),
    ] as [(String, String?)])
  func `a number has one spelling`(text: String, canonical: String?) {
    #expect(MarketoDecimal.canonical(text) == canonical)
  }

  @Test(
    arguments: [
      ("2026-11-20T08:00:00Z", 1_795_161_600), ("2026-11-20T10:00:00.999+02:00", 1_795_161_600),
      ("2026-11-20T00:00:00-0800", 1_795_161_600), ("1969-12-31T23:59:59Z", -1),
      ("2000-02-29T00:00:00Z", 951_782_400), ("2026-11-20T08:00:00", nil),
      ("2026-13-20T08:00:00Z", nil), ("2026-11-20T24:00:00Z", nil), ("soon", nil),
    ] as [(String, Int64?)])
  func `a date-time needs an offset`(text: String, seconds: Int64?) {
    #expect(MarketoInstant.seconds(text) == seconds)
  }

  @Test(arguments: [
    ("2026-11-20T05:59:59Z", "2026-11-19"), ("2026-11-20T06:00:00Z", "2026-11-20"),
    ("2026-07-01T04:59:59Z", "2026-06-30"), ("2026-07-01T05:00:00Z", "2026-07-01"),
    ("2026-03-08T05:59:59Z", "2026-03-07"), ("2026-03-09T05:00:00Z", "2026-03-09"),
    ("2026-11-01T05:00:00Z", "2026-11-01"), ("2026-11-02T05:59:59Z", "2026-11-01"),
  ])
  func `the day of the quota follows US Central time`(text: String, day: String) {
    let seconds = MarketoInstant.seconds(text) ?? 0
    #expect(MarketoInstant.text(seconds) == text)
    #expect(MarketoInstant.centralDay(seconds) == day)
  }

  @Test(arguments: ["", "a", "ab", "abc", "abcd", "abcde", "2026-11-20T08:00:00Z,880001", "Zoë"])
  func `base32 comes back as it was`(text: String) {
    let encoded = MarketoBase32.encode(text)
    #expect(MarketoBase32.decode(encoded) == text)
    #expect(encoded.allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=".contains($0) })
  }

  @Test func `the vendor's printed token is read as it was written`() {
    let position = MarketoActivityPosition(at: 1_225_929_600, id: 1078)
    let token = MarketoActivityToken.text(position)
    #expect(MarketoBase32.decode(token) == "2008-11-06T00:00:00Z,1078")
    #expect(throws: Never.self) { try MarketoActivityToken.position(token) == position }
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "nul", "\"a", "\"\\x\"", "[1] 2",
    "{\"a\":1,\"a\":2}", "\"\\ud800\"", "\"\u{01}\"",
  ])
  func `text that is no JSON is refused`(text: String) {
    #expect(MarketoJSON(reading: text) == nil)
  }

  @Test func `JSON comes back with its order and its digits`() {
    let text = #"{"b":[1.50,-2e3,true,null,"\"\\\n😀"],"a":{}}"#
    #expect(MarketoJSON(reading: text)?.jsonText == text)
    #expect(MarketoJSON(reading: [0x22, 0xFF, 0x22]) == nil)
  }

  @Test func `a path is known without its dots and doubled slashes`() {
    let request = MarketoRequest(
      method: "POST", target: "//rest/../rest/./v1/leads.json?_method=GET&a=1%2C2&b=&a=x+y",
      contentType: "application/x-www-form-urlencoded; charset=UTF-8", body: Array("c=%2B".utf8),
      authorization: "bearer T")
    #expect(request.path == "/rest/v1/leads.json")
    #expect(request.method == "GET")
    #expect(request.parameters.list("a") == ["1", "2", "x y"])
    #expect(request.parameters["b"] == nil)
    #expect(request.parameters["c"] == "+")
    #expect(request.bearer == "T")
  }
}
