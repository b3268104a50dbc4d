import Testing

@testable import dynsync_cli

@Suite struct ProgressTests {
  @Test func `a running phase tells count, share, rate and time left`() {
    let progress = Progress(phase: "reading leads", done: 1200, total: 5000)

    #expect(
      ProgressText.running(progress, for: .seconds(4))
        == "reading leads: 1,200 of 5,000, 24 %, 300/s, 13s left")
  }

  @Test func `a phase of unknown length tells no time left`() {
    let progress = Progress(phase: "reading leads", done: 1_234_567)

    #expect(
      ProgressText.running(progress, for: .seconds(100)) == "reading leads: 1,234,567, 12,346/s")
  }

  @Test func `a phase that just began tells no rate`() {
    let progress = Progress(phase: "reading leads", done: 5, total: 10)

    #expect(
      ProgressText.running(progress, for: .milliseconds(900)) == "reading leads: 5 of 10, 50 %")
  }

  @Test func `a terminal has one line that is rewritten, and in the end taken away`() {
    var line = ProgressLine(.terminal(columns: 80))

    let texts = [
      line.show(Progress(phase: "reading", done: 1, total: 4), at: .seconds(10)),
      line.show(Progress(phase: "reading", done: 2, total: 4), at: .milliseconds(10_050)),
      line.show(Progress(phase: "reading", done: 4, total: 4), at: .seconds(12)),
      line.show(Progress(phase: "writing", done: 1), at: .seconds(13)),
      line.finish(at: .seconds(20)),
      line.finish(at: .seconds(21)),
    ]

    #expect(
      texts == [
        "\rreading: 1 of 4, 25 %\u{1b}[K",
        "",
        "\rreading: 4 of 4, 100 %, 2/s\u{1b}[K",
        "\rwriting: 1\u{1b}[K",
        "\r\u{1b}[K",
        "",
      ])
  }

  @Test func `a narrow terminal is not overrun`() {
    var line = ProgressLine(.terminal(columns: 10))

    #expect(
      line.show(Progress(phase: "reading leads", done: 1), at: .zero) == "\rreading l\u{1b}[K")
  }

  @Test func `elsewhere each phase is one line`() {
    var line = ProgressLine(.plain)

    let texts = [
      line.show(Progress(phase: "reading", done: 1, total: 4), at: .seconds(10)),
      line.show(Progress(phase: "reading", done: 4, total: 4), at: .seconds(12)),
      line.show(Progress(phase: "writing", done: 1), at: .seconds(13)),
      line.finish(at: .seconds(73)),
    ]

    #expect(texts == ["", "", "reading: 4 in 3s\n", "writing: 1 in 1m\n"])
  }

  @Test func `elsewhere a phase that did nothing is not told`() {
    var line = ProgressLine(.plain)

    let texts = [
      line.show(Progress(phase: "reading", done: 0), at: .zero),
      line.show(Progress(phase: "writing", done: 0), at: .seconds(1)),
      line.show(Progress(phase: "writing", done: 2), at: .seconds(2)),
      line.finish(at: .seconds(3)),
    ]

    #expect(texts == ["", "", "", "writing: 2 in 2s\n"])
  }

  @Test func `the reporter writes what the line decides`() async {
    let written = Collected<String>()
    let reporter = ProgressReporter(.plain, clock: VirtualClock()) { written.append($0) }

    await reporter.show(Progress(phase: "reading", done: 1))
    await reporter.show(Progress(phase: "writing", done: 2))
    await reporter.finish()

    #expect(written.all == ["reading: 1 in 0s\n", "writing: 2 in 0s\n"])
  }
}
