import Store
import Testing

@testable import dynsync_cli

@Suite struct PlanTextTests {
  private func change(
    _ entity: String, _ id: String, _ side: String, _ action: String, _ field: String,
    _ held: String, _ becomes: String
  ) -> PlannedChange {
    PlannedChange(
      entity, id, side: side, isCreate: action == "create", field: field, held: held,
      becomes: becomes)
  }

  private func plan(_ changes: [PlannedChange]) -> PlanText {
    changes.reduce(into: PlanText()) { $0.add($1) }
  }

  @Test func `writes are counted, values that would be lost are shown`() {
    let plan = plan([
      change("user", "a1", "marketo", "create", "email", "", "a@x.example"),
      change("user", "a1", "marketo", "create", "firstName", "", "Ada"),
      change("user", "a2", "marketo", "create", "email", "", "b@x.example"),
      change("lead", "b1", "dynamics", "update", "jobtitle", "Clerk", "Chief\nClerk"),
      change("lead", "b1", "dynamics", "update", "fax", "", "1"),
      change("lead", "b2", "marketo", "update", "title", "Chief", ""),
      change(
        "lead", "b2", "marketo", "update", "notes",
        "a text that is far too long to be shown as a whole", "short"),
      change("lead", "b3", "marketo", "create", "title", "", "Chief"),
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
        change("lead", "b\($0)", "dynamics", "update", "fax", "0", "\($0)")
      })

    let lines = plan.text.split(separator: "\n")
    #expect(lines[3] == "Values that would be replaced (20 of 25)")
    #expect(lines.count == 26)
  }

  @Test func `a plan of creates alone is its counts`() {
    let plan = plan([change("user", "a1", "marketo", "create", "email", "", "a@x")])

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
