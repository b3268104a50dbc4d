import Model
import Testing

@testable import dynsync_cli

@Suite struct TimeTextTests {
  private static let now = Instant(seconds: 1_767_225_600)

  @Test(arguments: [
    ("2026-01-05T09:15:00Z", "2026-01-05T09:15:00Z", "2026-01-05T09:15:00Z"),
    ("2026-01-05T09:15:00+01:00", "2026-01-05T08:15:00Z", "2026-01-05T08:15:00Z"),
    ("2026-01-05", "2026-01-05T00:00:00Z", "2026-01-05T23:59:59Z"),
    ("2h", "2025-12-31T22:00:00Z", "2025-12-31T22:00:00Z"),
    ("1d12h ago", "2025-12-30T12:00:00Z", "2025-12-30T12:00:00Z"),
    ("2w", "2025-12-18T00:00:00Z", "2025-12-18T00:00:00Z"),
  ])
  func `a moment, a day or an age is read`(text: String, start: String, end: String) {
    #expect(TimeText.moment(text, at: .start, now: Self.now)?.text == start)
    #expect(TimeText.moment(text, at: .end, now: Self.now)?.text == end)
  }

  @Test(arguments: ["", "yesterday", "2026-13-01", "2026-01-05T09:15:00", "0d", "ago", "3", "d"])
  func `anything else is none`(text: String) {
    #expect(TimeText.moment(text, at: .start, now: Self.now) == nil)
  }

  @Test(arguments: [
    (0, "just now"), (59, "59s ago"), (3600, "1h ago"), (3660, "1h 1m ago"), (90_061, "1d 1h ago"),
    (-5, "just now"), (86_400, "1d ago"),
  ])
  func `an age is told in its two largest units`(seconds: Int64, text: String) {
    #expect(TimeText.ago(Self.now - seconds, now: Self.now) == text)
  }
}
