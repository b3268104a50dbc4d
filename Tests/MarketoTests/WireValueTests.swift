import Model
import Testing
import Transport

@testable import Marketo

@Suite struct WireValueTests {
  @Test(
    arguments: [
      (nil, FieldType.text, Value.empty), (.null, .integer, .empty), ("", .decimal, .empty),
      ("Ines", .text, .text("Ines")), (7, .text, .text("7")), (12, .integer, .integer(12)),
      ("12", .integer, .integer(12)), ("1604.470", .decimal, .decimal(number("1604.47"))),
      (5, .decimal, .decimal(number("5"))), (true, .boolean, .boolean(true)),
      ("1", .boolean, .boolean(true)), ("false", .boolean, .boolean(false)),
      ("2026-03-04", .date, day("2026-03-04")),
      ("2026-03-04T00:00:00Z", .date, day("2026-03-04")),
      ("2026-03-04T15:06:07Z", .instant, .instant(.at("2026-03-04T15:06:07Z"))),
      ("2026-03-04T15:06:07-08:00", .instant, .instant(.at("2026-03-04T23:06:07Z"))),
      ("2014-11-13 12:43:04", .instant, .instant(.at("2014-11-13T12:43:04Z"))),
    ] as [(JSON?, FieldType, Value)])
  func `each spelling is read as its canonical value`(json: JSON?, type: FieldType, value: Value) {
    #expect(WireValue.value(json, as: type) == value)
  }

  @Test func `decimals in a whole field are rounded half to even`() throws {
    let json = try JSON(parsing: Array("[2.5, 3.5, 99.4]".utf8)).array ?? []
    #expect(
      json.map { WireValue.value($0, as: .integer) } == [.integer(2), .integer(4), .integer(99)])
  }

  @Test func `what cannot be read is unknown and not empty`() {
    #expect(WireValue.value("soon", as: .instant) == nil)
    #expect(WireValue.value("many", as: .integer) == nil)
    #expect(WireValue.value(["a"], as: .text) == nil)
  }

  @Test func `values are written in the service's types, and empty as null`() throws {
    let number = Self.number("0.10")
    let record: [JSON] = [
      .empty, .text("Ines"), .integer(3), .decimal(number), .boolean(false),
      Self.day("2026-03-04"), .instant(.at("2026-03-04T15:06:07Z")),
      .reference(Reference(.company, .marketo("a1"))),
    ].map(WireValue.json)
    #expect(
      String(decoding: JSON.array(record).encoded(), as: UTF8.self)
        == #"[null,"Ines",3,0.1,false,"2026-03-04","2026-03-04T15:06:07Z","a1"]"#)
  }

  private static func number(_ text: String) -> ExactDecimal {
    ExactDecimal(text) ?? ExactDecimal(0)
  }

  private static func day(_ text: String) -> Value {
    CalendarDate(text).map(Value.date) ?? .empty
  }
}
