import Testing

@testable import dynsync_cli

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("30s", 30), ("5m", 300), ("1h", 3600), ("1h30m", 5400), ("90m", 5400), ("1h0m5s", 3605),
  ])
  func `a length of time is read`(text: String, seconds: Int) {
    #expect(DurationText.duration(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "5", "m", "0s", "-5m", "5 m", "5m1h", "1d", "five minutes", "1.5h"])
  func `anything else is none`(text: String) {
    #expect(DurationText.duration(text) == nil)
  }

  @Test(arguments: [(0, "0s"), (59, "59s"), (300, "5m"), (5400, "1h30m"), (3605, "1h5s")])
  func `a length of time is written in the shortest way`(seconds: Int, text: String) {
    #expect(DurationText.text(.seconds(seconds)) == text)
  }

  @Test func `a pause is given on the command line as a length of time`() {
    #expect(RepetitionInterval(argument: "5m") == RepetitionInterval(duration: .seconds(300)))
    #expect(RepetitionInterval(argument: "often") == nil)
  }
}
