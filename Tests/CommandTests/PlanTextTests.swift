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

  @Test func `creates are counted, changes of standing records are shown`() {
    let new = "new in dynamics"
    let wins = "marketo wins: the entity's rule"
    let plan = plan([
      row("user", "a1", nil, "marketo", "create", "email", nil, "a@x.example", new),
      row("user", "a1", nil, "marketo", "create", "firstName", nil, "Ada", new),
      row("user", "a2", nil, "marketo", "create", "email", nil, "b@x.example", new),
      row("lead", "b1", "7001", "dynamics", "update", "jobtitle", "Clerk", "Chief\nClerk", wins),
      row(
        "lead", "b1", "7001", "dynamics", "update", "description", nil,
        "a text that is far too long to be shown as a whole", wins),
      row("lead", "b2", "7002", "marketo", "update", "title", "Chief", nil, wins),
      row("lead", "b3", nil, "marketo", "create", "title", nil, "Chief", new),
    ])

    #expect(
      plan.text == """
        entity  to        creates  updates  fields
        ------  --------  -------  -------  ------
        user    Marketo         2        0       3
        lead    Dynamics        0        1       2
        lead    Marketo         1        1       2

        Fields of standing records that would change
        entity  record  to        field        holds  becomes
        ------  ------  --------  -----------  -----  ------------------------
        lead    b1      Dynamics  jobtitle     Clerk  Chief␊Clerk
        lead    b1      Dynamics  description         a text that is far too …
        lead    b2      Marketo   title        Chief

        """)
  }

  @Test func `many changes are counted, and twenty shown`() {
    let plan = plan(
      (1...25).map {
        row("lead", "b\($0)", "7", "dynamics", "update", "fax", nil, "\($0)", "changed in marketo")
      })

    let lines = plan.text.split(separator: "\n")
    #expect(lines[3] == "Fields of standing records that would change (20 of 25)")
    #expect(lines.count == 26)
  }

  @Test func `a plan of creates alone is its counts`() {
    let plan = plan([row("user", "a1", nil, "marketo", "create", "email", nil, "a@x", "new")])

    #expect(
      plan.text == """
        entity  to       creates  updates  fields
        ------  -------  -------  -------  ------
        user    Marketo        1        0       1

        """)
  }

  @Test func `nothing planned is nothing shown`() {
    #expect(plan([]).text == "")
  }
}
