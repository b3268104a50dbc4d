import Model
import Testing

@Suite struct StoredFormTests {
  /// One prediction: the field, what is sent, what it then holds.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var field: Field
    var sent: Value
    var stored: Value
    var testDescription: String { name }
  }

  private static func text(
    _ name: String, _ storage: TextStorage, length: Int? = nil, _ sent: String, _ stored: String
  ) -> Case {
    Case(
      name: name, field: Field("f", .text, length: length, text: storage), sent: .text(sent),
      stored: stored.isEmpty ? .empty : .text(stored))
  }

  private static func decimal(_ name: String, scale: Int?, _ sent: String, _ stored: String)
    throws -> Case
  {
    Case(
      name: name, field: Field("f", .decimal, scale: scale),
      sent: .decimal(try #require(ExactDecimal(sent))),
      stored: .decimal(try #require(ExactDecimal(stored))))
  }

  private static let texts: [Case] = [
    text("nothing is done where the metadata says nothing", TextStorage(), "  A b  ", "  A b  "),
    text("the end is trimmed", TextStorage(trimsTrailing: true), " a \t\n", " a"),
    text("the front is trimmed", TextStorage(trimsLeading: true), "\u{a0} a ", "a "),
    text(
      "both ends are trimmed, the middle is not",
      TextStorage(trimsLeading: true, trimsTrailing: true), " a  b ", "a  b"),
    text("blanks alone become empty", TextStorage(trimsTrailing: true), "   ", ""),
    text("an empty text is empty", TextStorage(), "", ""),
    text("case is folded", TextStorage(lowercases: true), "Ana@ACME.Test", "ana@acme.test"),
    text("a short text is not cut", TextStorage(cutsOverlong: true), length: 4, "abcd", "abcd"),
    text("a long text is cut", TextStorage(cutsOverlong: true), length: 4, "abcdef", "abcd"),
    text(
      "the length counts UTF-16 units", TextStorage(cutsOverlong: true), length: 4, "a👍bc", "a👍b"),
    text(
      "no character is cut in half", TextStorage(cutsOverlong: true), length: 4, "abc👍", "abc"),
    text(
      "an overlong text that is refused comes back as it is", TextStorage(), length: 2, "abc", "abc"
    ),
    text(
      "what is trimmed does not count", TextStorage(trimsTrailing: true, cutsOverlong: true),
      length: 3, "abc   ", "abc"),
  ]

  @Test(arguments: texts)
  func `a text is predicted as the side stores it`(_ item: Case) {
    #expect(item.field.storedForm(item.sent) == item.stored)
  }

  @Test(arguments: [
    try decimal("a tie goes down to even", scale: 2, "2.345", "2.34"),
    try decimal("a tie goes up to even", scale: 2, "2.355", "2.36"),
    try decimal("fewer decimals are kept", scale: 2, "2.5", "2.5"),
    try decimal("no scale keeps all", scale: nil, "2.3456789", "2.3456789"),
    try decimal("none", scale: 0, "-1.5", "-2"),
  ])
  func `a decimal is predicted as the side stores it`(_ item: Case) {
    #expect(item.field.storedForm(item.sent) == item.stored)
  }

  @Test func `the stored form of a stored form is itself`() {
    var generator = SeededGenerator(seed: 5)
    for round in 0..<2000 {
      let field = Field(
        "f", round % 2 == 0 ? .text : .decimal, length: round % 7 + 1, scale: round % 5,
        text: TextStorage(
          trimsLeading: round % 3 == 0, trimsTrailing: round % 4 == 0, lowercases: round % 5 == 0,
          cutsOverlong: round % 4 == 1))
      let once = field.storedForm(.random(field.type, using: &generator))
      #expect(field.storedForm(once) == once, "\(field.text) \(once)")
    }
  }

  @Test func `other types are stored as they are sent`() {
    let field = Field("f", .option, length: 1, scale: 0)

    #expect(field.storedForm(.option(100)) == .option(100))
    #expect(field.storedForm(.empty) == .empty)
    #expect(field.storedForm(.integer(123)) == .integer(123))
  }
}
