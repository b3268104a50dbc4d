import Testing

@testable import Sandbox

@Suite struct ImportValueTests {
  @Test(arguments: [
    ("1100.04", 6, "1100040000.00"), ("4269.9", 6, "4269900000.00"), ("12", 6, "12000000.00"),
    ("0.00000001", 6, "0.01"), ("0.000000010", 6, "0.01"), ("1054", 0, "1054.00"),
    ("0", 0, "0.00"), ("-0", 0, "0.00"), ("007.5", 0, "7.50"), ("-12.34", 0, "-12.34"),
    ("9007199254740993.01", 0, "9007199254740993.01"),
  ])
  func `an amount is moved by its exponent to the cent`(
    _ text: String, _ exponent: Int, _ amount: String
  ) {
    #expect(ImportAmount.text(text, exponent: exponent) == amount)
  }

  @Test(arguments: ["", "-", "1,100", "1.", ".5", "1.005", "1e3", "$5", "1.2.3", "١"])
  func `what is no amount in cents is none`(_ text: String) {
    #expect(ImportAmount.text(text, exponent: 0) == nil)
  }

  @Test(arguments: [
    ("20-10-16", "2016-10-20"), ("29-02-16", "2016-02-29"), ("2016-10-20", "2016-10-20"),
  ])
  func `a day is read in either form`(_ text: String, _ day: String) {
    #expect(ImportDay.text(text) == day)
  }

  @Test(arguments: ["", "20-13-16", "29-02-17", "10/20/16", "20-10-2016", "2-1-16", "aa-bb-cc"])
  func `what is no day is none`(_ text: String) {
    #expect(ImportDay.text(text) == nil)
  }

  @Test func `names stand behind their parents, and circles are left out`() {
    let order = ImportOrder.sorted(
      ["a", "b", "c", "d", "e", "f"],
      parents: ["a": "c", "c": "b", "b": "z", "d": "e", "e": "d", "f": "d"])

    #expect(order.names == ["b", "c", "a"])
    #expect(order.circular == ["d", "e", "f"])
  }
}
