import Model
import Testing

@Suite struct InstantTests {
  private static let readings: [(String, String)] = [
    ("2026-01-05T09:15:02Z", "2026-01-05T09:15:02Z"),
    ("2026-01-05T09:15:02.999Z", "2026-01-05T09:15:02Z"),
    ("2026-01-05T09:15:02+0000", "2026-01-05T09:15:02Z"),
    ("2026-01-05T00:15:02+01:00", "2026-01-04T23:15:02Z"),
    ("2025-12-31T20:00:00-06:30", "2026-01-01T02:30:00Z"),
    ("2024-02-29t23:59:59z", "2024-02-29T23:59:59Z"),
    ("2016-12-31 23:59:60Z", "2017-01-01T00:00:00Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ("0000-01-01T00:00:00+01:00", "-0001-12-31T23:00:00Z"),
  ]

  @Test(arguments: readings)
  func `a moment is read from RFC 3339 and told in UTC to the second`(
    _ text: String, _ expected: String
  ) {
    #expect(Instant(text)?.text == expected)
  }

  @Test(arguments: [
    "", "2026-01-05", "2026-01-05T09:15:02", "2026-01-05T09:15Z", "2026-13-01T00:00:00Z",
    "2023-02-29T00:00:00Z", "2026-01-05T24:00:00Z", "2026-01-05T23:60:00Z",
    "2026-01-05T09:15:02.Z", "2026-01-05T09:15:02+24:00", "2026-01-05T09:15:02Z ",
    " 2026-01-05T09:15:02Z", "26-01-05T09:15:02Z", "２026-01-05T09:15:02Z",
  ])
  func `what is no moment is refused`(_ text: String) {
    #expect(Instant(text) == nil)
  }

  private static let counted: [(String, Int64)] = [
    ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600),
    ("2026-01-01T00:00:00Z", 1_767_225_600), ("1900-03-01T00:00:00Z", -2_203_891_200),
    ("2100-03-01T00:00:00Z", 4_107_542_400),
  ]

  @Test(arguments: counted)
  func `a moment is the seconds since 1970`(_ text: String, _ seconds: Int64) {
    #expect(Instant(text)?.seconds == seconds)
    #expect(Instant(seconds: seconds).text == text)
  }

  @Test func `moments are ordered, and shifted by seconds`() {
    let noon = Instant(seconds: 43_200)

    #expect(noon + 60 == Instant(seconds: 43_260))
    #expect(noon - 60 < noon)
    #expect([noon + 1, noon - 1, noon].sorted() == [noon - 1, noon, noon + 1])
  }

  @Test(arguments: ["2000-02-29", "2024-02-29", "1999-12-31", "2026-11-30"])
  func `a day that exists is read`(_ text: String) {
    #expect(CalendarDate(text)?.text == text)
  }

  @Test(arguments: [
    "1900-02-29", "2023-02-29", "2026-04-31", "2026-00-10", "2026-10-00", "2026-1-01", "20260101",
    "2026-01-01T", "", "2026/01/01",
  ])
  func `what is no day is refused`(_ text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `days are ordered by the calendar`() throws {
    let days = try ["2026-02-01", "2025-12-31", "2026-01-31"].map {
      try #require(CalendarDate($0))
    }

    #expect(days.sorted().map(\.text) == ["2025-12-31", "2026-01-31", "2026-02-01"])
  }
}
