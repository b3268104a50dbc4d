import Model
import Store
import Testing

@testable import Sync
@testable import dynsync_cli

@Suite struct RunTextTests {
  private func report(
    backlog: Int = 0, errors: Int = 0, wasStopped: Bool = false
  ) -> RunReport {
    var counts = RunCounts()
    counts.recordsPulled = 3
    counts.recordsChanged = 2
    counts.operationsPlanned = 1
    counts.recordsUpdated = 1
    counts.dynamicsCalls = 5
    counts.marketoCalls = 4
    counts.milliseconds = ["pull": 1200, "push": 340]
    return RunReport(
      run: 7, counts: counts, backlog: backlog, errors: errors, wasStopped: wasStopped)
  }

  @Test func `a run ends with what it did and what it cost`() {
    #expect(
      RunSummary(report(), isDry: false).text == """
        run 7: in step
          read 3, changed 2, linked 0, created 0, updated 1, refused 0
          calls: 5 Dynamics, 4 Marketo; 1.5 s
        """)
  }

  @Test func `a run says how it ended`() {
    let states = [
      RunSummary(report(), isDry: true), RunSummary(report(wasStopped: true), isDry: false),
      RunSummary(report(backlog: 1200), isDry: false), RunSummary(report(errors: 1), isDry: false),
      RunSummary(report(backlog: 1, errors: 2), isDry: false),
    ].map { $0.text.split(separator: "\n").first.map(String.init) }

    #expect(
      states == [
        "run 7: dry run: 1 write planned",
        "run 7: stopped; run it again to go on",
        "run 7: 1,200 in the backlog left; see 'dynsync status'",
        "run 7: 1 error left; see 'dynsync status'",
        "run 7: 1 in the backlog and 2 errors left; see 'dynsync status'",
      ])
  }

  @Test func `a run of some entities says in one line how much of the others waits`() {
    let all: [Entity] = [.user, .account, .lead, .contact]

    let backlog = ["lead": 1340, "contact": 26, "account": 1]

    let notes = [
      OnlyNote.text(only: [.user], of: all, backlog: backlog),
      OnlyNote.text(only: [.account], of: all, backlog: backlog),
      OnlyNote.text(only: [.account, .contact], of: all, backlog: ["contact": 3, "lead": 1]),
      OnlyNote.text(only: [.lead], of: all, backlog: ["lead": 340]),
      OnlyNote.text(only: [.lead], of: all, backlog: [:]),
      OnlyNote.text(only: Set(all), of: all, backlog: backlog),
    ]

    #expect(
      notes == [
        "--only left 1 record of account, 1,340 of lead and 26 of contact waiting",
        "--only left 1,340 records of lead and 26 of contact waiting",
        "--only left 1 record of lead waiting", nil, nil, nil,
      ])
  }
}
