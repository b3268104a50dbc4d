import Model
import Testing

@Suite struct TranslationTests {
  private static let source = Field(
    "leadsourcecode", .option, options: [Option(1, "Advertisement"), Option(8, "Web")])

  private static func bound(
    _ dynamics: Field, _ marketo: Field, _ direction: Direction = .both
  ) throws(PairMismatch) -> BoundPair {
    try BoundPair(
      FieldPair(dynamics.name, marketo.name, direction: direction), dynamics: dynamics,
      marketo: marketo)
  }

  @Test func `an option goes to Marketo by its label and comes back by it`() throws {
    let pair = try Self.bound(Self.source, Field("leadSource", .text))

    #expect(pair.translate(.option(8), to: .marketo) == .text("Web"))
    #expect(pair.translate(.text("Web"), to: .dynamics) == .option(8))
    #expect(pair.translate(.empty, to: .marketo) == .empty)
    #expect(pair.translate(.empty, to: .dynamics) == .empty)
  }

  @Test func `a label or number that is no option has no translation`() throws {
    let pair = try Self.bound(Self.source, Field("leadSource", .text))

    #expect(pair.translate(.text("web"), to: .dynamics) == nil)
    #expect(pair.translate(.option(2), to: .marketo) == nil)
  }

  /// A value that is carried from one side to the other.
  struct Case: Sendable, CustomTestStringConvertible {
    var from: FieldType
    var to: FieldType
    var value: Value
    var translated: Value?
    var testDescription: String { "\(from) to \(to): \(value)" }

    init(_ from: FieldType, _ value: Value, _ to: FieldType, _ translated: Value?) {
      (self.from, self.value, self.to, self.translated) = (from, value, to, translated)
    }
  }

  private static func decimal(_ text: String) -> Value {
    ExactDecimal(text).map(Value.decimal) ?? .empty
  }

  private static let cases: [Case] = [
    Case(.text, .text("a"), .text, .text("a")),
    Case(.integer, .integer(12), .text, .text("12")),
    Case(.decimal, decimal("1.50"), .text, .text("1.5")),
    Case(.boolean, .boolean(true), .text, .text("true")),
    Case(.boolean, .boolean(false), .boolean, .boolean(false)),
    Case(.text, .text("true"), .boolean, .boolean(true)),
    Case(.text, .text("yes"), .boolean, nil),
    Case(.text, .text("12"), .integer, .integer(12)),
    Case(.text, .text("twelve"), .integer, nil),
    Case(.text, .text("2026-01-31"), .date, CalendarDate("2026-01-31").map(Value.date)),
    Case(.text, .text("31.1.2026"), .date, nil),
    Case(.integer, .integer(7), .decimal, decimal("7")),
    Case(.decimal, decimal("7.0"), .integer, .integer(7)),
    Case(.decimal, decimal("7.5"), .integer, nil),
    Case(.option, .option(8), .integer, .integer(8)),
    Case(.instant, .instant(Instant(seconds: 0)), .text, .text("1970-01-01T00:00:00Z")),
    Case(.reference, .reference(Reference(.user, .dynamics("u1"))), .text, .text("u1")),
    Case(.date, .empty, .integer, .empty),
  ]

  @Test(arguments: cases)
  func `a value is carried to the other side's type`(_ item: Case) throws {
    let options = item.from == .option ? [Option(8, "Web")] : []
    let direction: Direction = .toMarketo
    guard item.value != .empty else { return }
    let pair = try Self.bound(
      Field("one", item.from, options: options), Field("other", item.to), direction)

    #expect(pair.translate(item.value, to: .marketo) == item.translated)
  }

  @Test func `a number comes back as the option that has it`() throws {
    let pair = try Self.bound(Self.source, Field("leadSourceNumber", .integer))

    #expect(pair.translate(.integer(8), to: .dynamics) == .option(8))
    #expect(pair.translate(.integer(9), to: .dynamics) == nil)
  }

  @Test func `values agree in either side's stored form`() throws {
    let pair = try Self.bound(
      Field("revenue", .decimal, scale: 2), Field("annualRevenue", .decimal, scale: 4))
    let name = try Self.bound(
      Field("jobtitle", .text, text: TextStorage(trimsTrailing: true)),
      Field("title", .text, length: 3, text: TextStorage(cutsOverlong: true)))

    #expect(pair.agree(dynamics: Self.decimal("1.23"), marketo: Self.decimal("1.2345")))
    #expect(!pair.agree(dynamics: Self.decimal("1.23"), marketo: Self.decimal("1.24")))
    #expect(name.agree(dynamics: .text("abcdef"), marketo: .text("abc")))
    #expect(name.agree(dynamics: .text("ab"), marketo: .text("ab ")))
    #expect(!name.agree(dynamics: .text("ab"), marketo: .empty))
    #expect(name.predicted(.text("abcdef"), on: .marketo) == .text("abc"))
  }

  /// Two fields that cannot be kept equal, and the reason that is told.
  struct Mismatch: Sendable, CustomTestStringConvertible {
    var dynamics: Field
    var marketo: Field
    var direction: Direction
    var reason: String
    var testDescription: String { reason }
  }

  private static let mismatches = [
    Mismatch(
      dynamics: Field("a", .boolean), marketo: Field("b", .integer), direction: .toMarketo,
      reason: "a boolean cannot become a integer"),
    Mismatch(
      dynamics: Field("a", .date), marketo: Field("b", .instant), direction: .both,
      reason: "a date cannot become a instant"),
    Mismatch(
      dynamics: Field("a", .reference), marketo: Field("b", .text), direction: .both,
      reason: "a text cannot become a reference"),
    Mismatch(
      dynamics: Field("a", .text),
      marketo: Field("b", .text, canCreate: false, canUpdate: false), direction: .both,
      reason: "b cannot be written in marketo"),
    Mismatch(
      dynamics: Field("a", .text, canCreate: false, canUpdate: false), marketo: Field("b", .text),
      direction: .toDynamics, reason: "a cannot be written in dynamics"),
    Mismatch(
      dynamics: Field(
        "a", .option, options: [Option(1, "Web"), Option(2, "Fair"), Option(3, "Web")]),
      marketo: Field("b", .text), direction: .both, reason: "two options of a have the label 'Web'"),
  ]

  @Test(arguments: mismatches)
  func `two fields that cannot be kept equal are refused with the reason`(_ item: Mismatch) {
    let pair = FieldPair("a", "b", direction: item.direction)

    #expect(throws: PairMismatch(pair: pair, reason: item.reason)) {
      try BoundPair(pair, dynamics: item.dynamics, marketo: item.marketo)
    }
  }

  @Test func `a field that cannot be written is fine where nothing goes its way`() throws {
    let locked = Field("a", .reference, canCreate: false, canUpdate: false)

    #expect(throws: Never.self) { try Self.bound(locked, Field("b", .text), .toMarketo) }
  }

  @Test func `a pair's name holds both fields, a derived one begins with an underscore`() {
    let derived = FieldPair(.derived(.isDeleted), "dynamicsIsDeleted", direction: .toMarketo)

    #expect(FieldPair("jobtitle", "title").name == "jobtitle__title")
    #expect(derived.name == "_is_deleted__dynamicsIsDeleted")
    #expect(derived.field(on: .dynamics) == nil)
    #expect(derived.field(on: .marketo) == "dynamicsIsDeleted")
  }
}
