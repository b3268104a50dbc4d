import Model
import Testing

@testable import Transport

private func parse(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

@Test func `a document is read with exact numbers`() throws {
  let text = #"""
    {"a": [1, -0.5, 20000.0000, 1e2, 9223372036854775807, 9223372036854775808],
     "b": {"c": null, "d": true, "e": false}, "f": "x\u00e9\n\ud83d\ude00\/", "g": "", "h": []}
    """#
  let numbers = ["-0.5", "20000", "100", "9223372036854775808"].compactMap { ExactDecimal($0) }
  #expect(
    try parse(text) == [
      "a": .array([
        .integer(1), .decimal(numbers[0]), .decimal(numbers[1]), .decimal(numbers[2]),
        .integer(.max), .decimal(numbers[3]),
      ]),
      "b": ["c": nil, "d": true, "e": false], "f": "xé\n😀/", "g": "", "h": [],
    ])
}

@Test func `a document is written with sorted names and read back as it was`() throws {
  let amount = try #require(ExactDecimal("125000.50"))
  let document: JSON = [
    "b": .decimal(amount), "a": ["x\"\\\n\t\u{1}é😀", 7, true, nil], "c": [:],
  ]
  let bytes = document.encoded()
  let expected = #"{"a":["x\"\\\n\t\u0001é😀",7,true,null],"b":125000.5,"c":{}}"#
  #expect(String(decoding: bytes, as: UTF8.self) == expected)
  #expect(try JSON(parsing: bytes) == document)
}

@Test(arguments: [
  "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "nul", "\"a", "\"\\x\"", "\"\u{1}\"", "1 2", "<html>",
  "--1", "1.", ".5", "1e", "-", "1-2", "\"\\u12\"", String(repeating: "[", count: 200), "{1:2}",
  "\"\\u+123\"",
])
func `what is no document is refused`(text: String) {
  #expect(throws: JSONError.self) { try parse(text) }
}

@Test func `a lone half of a surrogate pair becomes a replacement character`() throws {
  #expect(try parse(#""a\ud83dx\ude00""#) == "a\u{fffd}x\u{fffd}")
  #expect(try parse(#""\ud83d\u0041""#) == "\u{fffd}A")
}

@Test func `a page of five thousand rows is read in whole`() throws {
  let row = (0..<30).map { "\"column\($0)\":\"the value of column \($0)\"" }
    .joined(separator: ",")
  let rows = (0..<5000).map { "{\($0),\"revenue\":\($0).5000,\(row)}" }
  let page = "{\"value\":[" + rows.joined(separator: ",").replacing("{", with: "{\"n\":") + "]}"
  let clock = ContinuousClock()
  var read: JSON?
  let time = try clock.measure { read = try parse(page) }
  let items = try #require(read?["value"]?.array)
  #expect(items.count == 5000)
  #expect(items[4999]["n"] == 4999)
  #expect(items[4999]["revenue"]?.decimal == ExactDecimal("4999.5"))
  #expect(time < .seconds(60))
}
