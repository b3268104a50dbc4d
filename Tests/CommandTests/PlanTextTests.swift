import Store
import Testing

@testable import dynsync_cli

@Suite struct PlanTextTests {
  private static let columns = [
    "entity", "dynamics_id", "marketo_id", "side", "action", "field", "held", "becomes", "rule",
  ]

  private func row(_ texts: String?...) -> [QueryResult.Cell] {
    texts.map { text in text.map { .text($0) } ?? .null }
  }

  private func plan(_ rows: [[QueryResult.Cell]]) -> PlanText {
    PlanText(QueryResult(columns: Self.columns, rows: rows))
  }

  @Test func `writes are counted, values that would be lost are shown`() {
    let new = "new in dynamics"
    let wins = "marketo wins: the entity's rule"
    let plan = plan([
      row("user", "a1", nil, "marketo", "create", "email", nil, "a@x.example", new),
      row("user", "a1", nil, "marketo", "create", "firstName", nil, "Ada", new),
      row("user", "a2", nil, "marketo", "create", "email", nil, "b@x.example", new),
      row("lead", "b1", "7001", "dynamics", "update", "jobtitle", "Clerk", "Chief\nClerk", wins),
      row("lead", "b1", "7001", "dynamics", "update", "fax", nil, "1", wins),
      row("lead", "b2", "7002", "marketo", "update", "title", "Chief", nil, wins),
      row(
        "lead", "b2", "7002", "marketo", "update", "notes",
        "a text that is far too long to be shown as a whole", "short", wins),
      row("lead", "b3", nil, "marketo", "create", "title", nil, "Chief", new),
    ])

    #expect(
      plan.text == """
        entity  to        creates  updates  fills  replaces
        ------  --------  -------  -------  -----  --------
        user    Marketo         2        0      0         0
        lead    Dynamics        0        1      1         1
        lead    Marketo         1        1      0         2

        Values that would be replaced
        entity  record  to        field     holds                     becomes
        ------  ------  --------  --------  ------------------------  -----------
        lead    b1      Dynamics  jobtitle  Clerk                     Chief␊Clerk
        lead    b2      Marketo   title     Chief
        lead    b2      Marketo   notes     a text that is far too …  short

        """)
  }

  @Test func `many values are counted, and twenty shown`() {
    let plan = plan(
      (1...25).map {
        row("lead", "b\($0)", "7", "dynamics", "update", "fax", "0", "\($0)", "changed in marketo")
      })

    let lines = plan.text.split(separator: "\n")
    #expect(lines[3] == "Values that would be replaced (20 of 25)")
    #expect(lines.count == 26)
  }

  @Test func `a plan of creates alone is its counts`() {
    let plan = plan([row("user", "a1", nil, "marketo", "create", "email", nil, "a@x", "new")])

    #expect(
      plan.text == """
        entity  to       creates  updates  fills  replaces
        ------  -------  -------  -------  -----  --------
        user    Marketo        1        0      0         0

        """)
  }

  @Test func `nothing planned is nothing shown`() {
    #expect(plan([]).text == "")
  }
}
