import Sync
import Testing

@testable import dynsync_cli

@Suite struct RunProgressTests {
  @Test func `the phases of a run are named with what they work on`() {
    let told = [
      dynsync_cli.Progress(Sync.Progress(.pull, done: 3)),
      dynsync_cli.Progress(Sync.Progress(.push, "lead to marketo", done: 2, total: 5)),
      dynsync_cli.Progress(Sync.Progress(.plan, "lead", done: 7)),
    ]

    #expect(
      told == [
        dynsync_cli.Progress(phase: "pull", done: 3),
        dynsync_cli.Progress(phase: "push lead to marketo", done: 2, total: 5),
        dynsync_cli.Progress(phase: "plan", done: 7),
      ])
  }
}
