import Model
import Testing

@Suite struct ExactDecimalTests {
  private static let readings: [(String, String)] = [
    ("0", "0"), ("-0", "0"), ("+5", "5"), ("007", "7"), ("1.50", "1.5"), ("1.000", "1"),
    (".5", "0.5"), ("-.5", "-0.5"), ("1e3", "1000"), ("1.6045E3", "1604.5"), ("25e-4", "0.0025"),
    ("0.1", "0.1"),
    ("100000000000000000000000000000000000001", "100000000000000000000000000000000000001"),
    ("-99999999999999999999.99", "-99999999999999999999.99"), ("0.000000000001", "0.000000000001"),
  ]

  @Test(arguments: readings)
  func `a number has one plain text`(_ text: String, _ expected: String) {
    #expect(ExactDecimal(text)?.text == expected)
  }

  @Test func `spellings of one number are equal`() {
    #expect(ExactDecimal("1604.50") == ExactDecimal("1.6045e3"))
    #expect(ExactDecimal("-0") == ExactDecimal("0.00"))
  }

  @Test(arguments: [
    "", " ", "-", ".", "e5", "1e", "1,5", "1 000", "1.2.3", "1-2", "--1", "+-1", "1e5e5", "1e1.5",
    "0x10", "nan", "inf", "1.", "١",
  ])
  func `what is no number is refused, not read half`(_ text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  private static let roundings: [(String, Int, String)] = [
    ("2.345", 2, "2.34"), ("2.355", 2, "2.36"), ("-2.345", 2, "-2.34"), ("2.3451", 2, "2.35"),
    ("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("1604.5", 2, "1604.5"), ("9.999", 2, "10"),
  ]

  @Test(arguments: roundings)
  func `a tie is rounded to the even neighbour`(_ text: String, _ scale: Int, _ expected: String) {
    #expect(ExactDecimal(text)?.rounded(toScale: scale).text == expected)
  }
}
