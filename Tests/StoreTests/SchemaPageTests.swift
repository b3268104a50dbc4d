import Foundation
import Model
import Testing

@testable import Store

/// `docs/schema.md` is made from the schema, and its questions are asked.
@Suite(.serialized) struct SchemaPageTests {
  private let page = GoldenFile(path: "docs/schema.md")

  @Test func `the page describes every static table, view and column`() throws {
    let store = try Store.inMemory()
    try store.migrate()

    let tables = try SchemaDocument(store).tables.map(\.markdown).joined(separator: "\n")

    try page.expect("\n\(tables)\n", between: "static schema")
  }

  @Test func `the page describes the columns that every mirror has`() throws {
    let rows = Mirror.ownColumns.map { column in
      "| `\(column.name)` | \(column.type.split(separator: " ")[0]) | \(cell(column.comment)) |\n"
    }

    try page.expect(
      "\n| column | type | meaning |\n|---|---|---|\n\(rows.joined())\n",
      between: "mirror columns")
  }

  @Test func `the page describes the views that are made at every run`() throws {
    let fixed = try Store.inMemory()
    try fixed.migrate()
    let known = Set(try SchemaDocument(fixed).tables.map(\.name))
    let made = try SchemaDocument(try SampleStore().store).tables
      .filter { $0.isView && !known.contains($0.name) }.sorted { $0.name < $1.name }
    let rows = made.map { view in
      let columns = view.columns.map { "`\($0.name)`" }.joined(separator: ", ")
      return "| `\(view.name)` | \(columns) | \(cell(view.comment)) |\n"
    }

    #expect(made.map(\.name) == ["backlog", "differs", "disagreement", "health", "status"])
    try page.expect(
      "\n| view | columns | meaning |\n|---|---|---|\n\(rows.joined())\n", between: "made views")
  }

  @Test func `each of the questions is answered`() throws {
    let sample = try SampleStore.withTroubles()
    try sample.addOpportunity()
    let questions = try page.text().split(separator: "```sql\n").dropFirst().map { block in
      String(block.prefix(upTo: block.firstRange(of: "```")?.lowerBound ?? block.endIndex))
        .replacing("date('now')", with: "date('2026-01-01')")
    }

    let answers = try questions.map { try sample.rows($0) }

    #expect(answers.count == 8)
    #expect(answers.allSatisfy { !$0.isEmpty })
    #expect(
      answers.dropFirst().first == [
        [
          "2026-01-01T00:00:00Z", "lead", "l1", "jobtitle__title", "dynamics",
          "changed in dynamics", "CEO", "CFO", "CEO",
        ]
      ])
    #expect(
      answers.dropFirst(2).first == [
        ["lead", "l2", "-", "changed in Dynamics, not settled yet"],
        ["lead", "l2", "-", "waiting for user u1 (owner)"],
      ])
    #expect(
      answers.dropFirst(3).first == [
        [
          "lead", "l3", "marketo", "rejected", "jobtitle__title", "1003", "too long", "-", "1",
          "2026-01-01T01:00:00Z",
        ]
      ])
    let opportunity = SampleStore.opportunity
    #expect(
      answers.dropFirst(4).prefix(3) == [
        [
          ["customer", "contact", "c1", "a1", "met"], ["account", "account", "a1", "a1", "met"],
        ],
        [
          [
            "opportunity", opportunity, "externalCompanyId", "a1",
            "customer contact c1 → account a1 ↔ Marketo a1",
          ]
        ],
        [[opportunity, "contact/c1", "Customer", "-"]],
      ])
    #expect(
      answers.last == [
        [
          "1", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2", "3", "0", "0", "0", "2", "1",
          "1", "4", "5", "12",
        ]
      ])
  }
}

/// A comment as a cell of a Markdown table.
private func cell(_ comment: String) -> String {
  comment.replacing("|", with: "\\|").replacing("<", with: "&lt;")
}

extension SchemaDocument.Table {
  /// The table as a section of the page.
  var markdown: String {
    let head =
      isView ? "| column | meaning |\n|---|---|\n" : "| column | type | meaning |\n|---|---|---|\n"
    let rows = columns.map { column in
      let type = isView ? "" : " \(column.type) |"
      return "| `\(column.name)` |\(type) \(cell(column.comment ?? "")) |\n"
    }
    return "### \(isView ? "View" : "Table") `\(name)`\n\n\(comment)\n\n\(head)\(rows.joined())"
  }
}

extension SampleStore {
  /// The opportunity that the page asks about.
  static let opportunity = "1f9d8e0b-0aeb-45da-a968-7064ef0bcb43"

  /// An opportunity whose company came from a contact's account, with the contact's role.
  func addOpportunity() throws {
    try store.execute(
      """
      INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, value, state,
        run_id)
      VALUES
        ('\(Self.opportunity)', 'opportunity', 'account', 'account', 'a1', 'a1', 'met', \(run)),
        ('\(Self.opportunity)', 'opportunity', 'customer', 'contact', 'c1', 'a1', 'met', \(run));
      INSERT INTO operation (operation_id, run_id, entity, dynamics_id, side, action, create_key,
        status)
      VALUES (99, \(run), 'opportunity', '\(Self.opportunity)', 'marketo', 'create', 'o1', 'applied');
      INSERT INTO operation_field (operation_id, pair, field, sent_value, action, rule, origin)
      VALUES (99, '_account__externalCompanyId', 'externalCompanyId', 'a1', 'created', 'new',
        'customer contact c1 → account a1 ↔ Marketo a1');
      CREATE TABLE dynamics_opportunity_role (opportunityroleid TEXT, _opportunity TEXT,
        _parent TEXT, _role TEXT, _is_deleted INTEGER);
      INSERT INTO dynamics_opportunity_role
      VALUES ('r1', '\(Self.opportunity)', 'contact/c1', 'Customer', 0);
      """)
  }

  /// A collision that was settled, a record that waits, a refusal, and a run that ended.
  static func withTroubles() throws -> SampleStore {
    let sample = try SampleStore()
    for id in ["1", "3"] {
      try sample.link(
        sample.lead("l\(id)", ["jobtitle": .text("CTO")]),
        sample.person("100\(id)", ["title": .text("CTO")]))
      try sample.pull(
        [sample.lead("l\(id)", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    }
    try sample.pull([sample.person("1001", ["title": .text("CFO")])], into: SampleLayout.person)
    try sample.write(
      title: "CEO", of: "l1", to: sample.person("1001", ["title": .text("CEO")]),
      action: .collision, winner: .dynamics)
    let refused = try sample.planTitle("CEO", for: "l3")
    _ = try sample.store.beginSending([refused], of: sample.leads, at: now)
    try sample.settle(
      refused, .rejected(Rejection(code: "1003", message: "too long", field: "title")))
    try sample.pull([sample.lead("l2")], into: SampleLayout.lead)
    try sample.store.execute(
      """
      INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, state, run_id)
      VALUES ('l2', 'lead', 'owner', 'user', 'u1', 'waiting', \(sample.run))
      """)
    var counts = RunCounts()
    (counts.recordsPulled, counts.recordsUpdated, counts.collisions) = (3, 2, 1)
    (counts.rejections, counts.dynamicsCalls, counts.marketoCalls) = (1, 4, 5)
    counts.milliseconds = ["pull": 7, "push": 5]
    try sample.store.closeRun(
      sample.run, at: now, exitCode: 2, counts: counts, message: nil)
    return sample
  }
}
