import Model
import Testing

@Suite struct CanonicalTextTests {
  private static let guid = "0f8fad5b-d9cb-469f-a165-70867728950e"

  private static let texts: [(FieldType, String)] = [
    (.text, "Zoë Ångström"), (.text, " kept as it is "), (.text, "two\nlines"), (.text, "0"),
    (.integer, "0"), (.integer, "-9223372036854775808"), (.integer, "9223372036854775807"),
    (.decimal, "0"), (.decimal, "1604.5"), (.decimal, "-0.01"),
    (.decimal, "12345678901234567890.123456789"),
    (.boolean, "true"), (.boolean, "false"),
    (.date, "2024-02-29"), (.date, "0001-01-01"), (.date, "9999-12-31"),
    (.instant, "1970-01-01T00:00:00Z"), (.instant, "1899-12-31T23:59:59Z"),
    (.guid, guid), (.option, "100000001"), (.option, "-1"),
    (.reference, "user/\(guid)"),
  ]

  @Test(arguments: texts)
  func `a canonical text is read and written back letter for letter`(
    _ type: FieldType, _ text: String
  ) throws {
    let value = try #require(Value(canonicalText: text, type: type, side: .dynamics))

    #expect(value.canonicalText == text)
    #expect(!value.isEmpty)
  }

  @Test(arguments: FieldType.allCases)
  func `no text and an empty text are the empty value of every type`(_ type: FieldType) {
    #expect(Value(canonicalText: nil, type: type, side: .marketo) == .empty)
    #expect(Value(canonicalText: "", type: type, side: .marketo) == .empty)
    #expect(Value.empty.canonicalText == nil)
  }

  private static let refused: [(FieldType, String)] = [
    (.integer, "1.0"), (.integer, "9223372036854775808"), (.integer, " 1"), (.integer, "1e3"),
    (.decimal, "1,5"), (.decimal, "abc"), (.decimal, "1.5 "),
    (.boolean, "1"), (.boolean, "True"), (.boolean, "yes"),
    (.date, "2023-02-29"), (.date, "2024-1-1"), (.date, "2024-01-01T00:00:00Z"),
    (.instant, "2024-01-01"), (.instant, "2024-01-01T00:00:00"),
    (.guid, "not-a-guid"), (.option, "Web"), (.option, "1.5"),
    (.reference, "user"),
  ]

  @Test(arguments: refused)
  func `a text that the type cannot have is refused`(_ type: FieldType, _ text: String) {
    #expect(Value(canonicalText: text, type: type, side: .dynamics) == nil)
  }

  @Test func `a reference names a record of its own side`() {
    let read = Value(canonicalText: "company/a/b", type: .reference, side: .marketo)

    #expect(read == .reference(Reference(.company, .marketo("a/b"))))
  }

  @Test func `random values of every type survive the round trip`() throws {
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<4000 {
      let type = try #require(FieldType.allCases.randomElement(using: &generator))
      let value = Value.random(type, using: &generator)

      let read = Value(canonicalText: value.canonicalText, type: type, side: .dynamics)

      #expect(read == value, "\(type): \(value)")
    }
  }
}

extension Value {
  /// Any value of `type`, the empty one included.
  static func random(_ type: FieldType, using generator: inout SeededGenerator) -> Value {
    if Int.random(in: 0..<10, using: &generator) == 0 { return .empty }
    let number = Int64.random(in: Int64.min...Int64.max, using: &generator)
    switch type {
    case .text:
      let alphabet = Array("aZ9 ,'\"ßé👩‍👩‍👧\n\u{0301}")
      let length = Int.random(in: 1...12, using: &generator)
      return .text(
        String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" }))
    case .integer: return .integer(number)
    case .decimal:
      let text = "\(number).\(Int.random(in: 0...99999, using: &generator))"
      return ExactDecimal(text).map(Value.decimal) ?? .empty
    case .boolean: return .boolean(number > 0)
    case .date:
      let text = Instant(seconds: number % 60_000_000_000).text
      return CalendarDate(text.prefix(10)).map(Value.date) ?? .empty
    case .instant: return .instant(Instant(seconds: number % 60_000_000_000))
    case .guid: return .guid(GUID(using: &generator))
    case .option: return .option(Int(number % 1_000_000_000))
    case .reference:
      return .reference(Reference(.user, .dynamics(GUID(using: &generator).text)))
    }
  }
}
