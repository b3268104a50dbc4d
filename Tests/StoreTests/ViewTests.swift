import Model
import Testing

@testable import Store

@Suite struct ViewTests {
  private static let agreed: [FieldName: Value] = [
    "jobtitle": .text("CTO"), "donotbulkemail": .boolean(true), "leadsourcecode": .option(8),
  ]
  private static let mirrored: [FieldName: Value] = [
    "title": .text("CTO"), "unsubscribed": .boolean(true), "leadSource": .text("Web"),
    "dynamicsId": .text("l1"),
  ]

  private func inStep() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.link(sample.lead("l1", Self.agreed), sample.person("1001", Self.mirrored))
    return sample
  }

  /// A state that views look at after both mirrors were read, with nothing dirty.
  private func settled(
    _ lead: [FieldName: Value] = [:], _ person: [FieldName: Value] = [:], _ facts: Facts = Facts()
  ) throws -> SampleStore {
    let sample = try inStep()
    try sample.pull(
      [sample.lead("l1", Self.agreed.merging(lead) { $1 }, facts)], into: SampleLayout.lead)
    try sample.pull(
      [sample.person("1001", Self.mirrored.merging(person) { $1 })], into: SampleLayout.person)
    try sample.store.execute(
      "UPDATE dynamics_lead SET _is_dirty = 0; UPDATE marketo_person SET _is_dirty = 0")
    return sample
  }

  @Test func `two sides in step leave every view for troubles empty`() throws {
    let sample = try inStep()

    for view in ["backlog", "differs", "disagreement", "health", "errors"] {
      #expect(try sample.rows("SELECT * FROM \(view)") == [], "\(view)")
    }
    #expect(
      try sample.rows("SELECT * FROM status") == [
        ["last run", "2026-01-01T00:00:00Z"], ["exit code", "-"], ["message", "-"],
        ["last whole run", "-"], ["user linked", "0"], ["account linked", "0"],
        ["lead linked", "1"], ["backlog", "0"], ["errors", "0"], ["given up", "0"],
        ["next retry", "-"], ["disagreement", "0"],
      ])
  }

  @Test func `the backlog names what changed, waits, or is in doubt, with the reason`() throws {
    let sample = try inStep()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    try sample.pull(
      [
        sample.lead("l2", [:], Facts(state: .qualified, convertedTo: .dynamics("c1"))),
        sample.lead("l3"),
      ], into: SampleLayout.lead)
    try sample.pull([sample.person("1001", ["title": .text("CFO")])], into: SampleLayout.person)
    let operation = try sample.planTitle("CEO", for: "l1")
    _ = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)
    try sample.store.execute(
      """
      INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, state, run_id)
      VALUES ('l1', 'lead', 'owner', 'user', 'u1', 'waiting', \(sample.run))
      """)

    #expect(
      try sample.rows("SELECT * FROM backlog ORDER BY dynamics_id, reason") == [
        ["lead", "l1", "1001", "changed in Dynamics, not settled yet"],
        ["lead", "l1", "1001", "changed in Marketo, not settled yet"],
        [
          "lead", "l1", "1001",
          "the outcome of a write to marketo is not known yet (operation \(operation))",
        ],
        ["lead", "l1", "-", "waiting for user u1 (owner)"],
        ["lead", "l2", "-", "waiting for contact c1, which it became"],
        ["lead", "l3", "-", "changed in Dynamics, not settled yet"],
      ])
  }

  @Test func `a person that is to be read again is in the backlog, an unlinked one is not`() throws
  {
    let sample = try inStep()
    try sample.pull([sample.person("1002")], into: SampleLayout.person)
    try sample.store.markAllStale(in: SampleLayout.person)

    #expect(
      try sample.rows("SELECT dynamics_id, reason FROM backlog")
        == [["l1", "changed in Marketo, not settled yet"]])
  }

  /// A difference and what accounts for it.
  struct Difference: Sendable, CustomTestStringConvertible {
    var name: String
    var lead: [FieldName: Value] = [:]
    var person: [FieldName: Value] = [:]
    var facts = Facts()
    var sql: [String] = []
    var differs: [[String]]
    var testDescription: String { name }
  }

  private static let baseMoved =
    "UPDATE base_lead SET jobtitle__title__dynamics = 'CEO', jobtitle__title__marketo = 'CFO'"
  private static let differences = [
    Difference(
      name: "nothing accounts for it", lead: ["jobtitle": .text("CEO")],
      differs: [["jobtitle__title", "CEO", "CTO", "-"]]),
    Difference(
      name: "each side has its own form", lead: ["jobtitle": .text("CEO")],
      person: ["title": .text("CFO")], sql: [baseMoved],
      differs: [["jobtitle__title", "CEO", "CFO", "each side stores it in its own form"]]),
    Difference(
      name: "it is not settled yet", lead: ["jobtitle": .text("CEO")],
      sql: ["UPDATE dynamics_lead SET _is_dirty = 1"],
      differs: [["jobtitle__title", "CEO", "CTO", "not settled yet"]]),
    Difference(
      name: "Marketo's row is stale", lead: ["jobtitle": .text("CEO")],
      sql: ["UPDATE marketo_person SET _is_stale = 1"],
      differs: [["jobtitle__title", "CEO", "CTO", "not settled yet"]]),
    Difference(
      name: "it is on the error list", lead: ["jobtitle": .text("CEO")],
      sql: [
        """
        INSERT INTO sync_error (entity, dynamics_id, side, kind, pair, message, first_at, last_at,
          retry_at) VALUES ('lead', 'l1', 'marketo', 'rejected', 'jobtitle__title', 'm', '', '', '')
        """
      ], differs: [["jobtitle__title", "CEO", "CTO", "on the error list"]]),
    Difference(
      name: "the field goes one way", person: ["annualRevenue": .decimal(ExactDecimal(7))],
      differs: [
        [
          "revenue__annualRevenue", "", "7", "goes to Marketo only; Marketo holds another value",
        ]
      ]),
    Difference(
      name: "the owner waits for its user", facts: Facts(owner: Reference(.user, .dynamics("u1"))),
      sql: [
        """
        INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, state, run_id)
        VALUES ('l1', 'lead', 'owner', 'user', 'u1', 'waiting', 1)
        """
      ], differs: [["_owner__externalSalesPersonId", "u1", "", "waiting"]]),
    Difference(
      name: "an option is compared by its label", lead: ["leadsourcecode": .option(1)],
      differs: [["leadsourcecode__leadSource", "1", "Web", "-"]]),
    Difference(
      name: "a truth is compared as a truth", person: ["unsubscribed": .boolean(false)],
      differs: [["donotbulkemail__unsubscribed", "true", "false", "-"]]),
    Difference(
      name: "a team owns nothing in Marketo",
      facts: Facts(owner: Reference(.team, .dynamics("t1"))), differs: []),
  ]

  @Test(arguments: differences)
  func `a linked difference is shown with what accounts for it`(_ item: Difference) throws {
    let sample = try settled(item.lead, item.person, item.facts)
    for sql in item.sql { try sample.store.execute(sql) }

    let differs = try sample.rows(
      "SELECT field, dynamics_value, marketo_value, reason FROM differs")
    let disagreement = try sample.rows("SELECT field FROM disagreement")

    #expect(differs == item.differs)
    #expect(disagreement == item.differs.filter { $0[3] == "-" }.map { [$0[0]] })
  }

  @Test func `a link without its rows, and a plan that outlived its run, are broken`() throws {
    let sample = try inStep()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    let operation = try sample.planTitle("CEO", for: "l1")
    try sample.store.closeRun(
      sample.run, at: SampleStore.now, exitCode: 0, counts: RunCounts(), message: nil)
    try sample.store.execute("DELETE FROM marketo_person")

    #expect(
      try sample.rows("SELECT problem FROM health ORDER BY problem") == [
        ["active link 1 of lead without its marketo_person row"],
        ["operation \(operation) is planned after its run ended"],
      ])
  }

  @Test func `the error list shows the candidates of an ambiguous record`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1")], into: SampleLayout.lead)
    try sample.store.carryOut(
      [
        .ambiguous(
          dynamicsID: "l1", candidates: [.marketo("1001"), .dynamics("l2")], message: "two")
      ], for: sample.leads, run: sample.run, at: SampleStore.now)

    #expect(
      try sample.rows(
        "SELECT entity, dynamics_id, side, kind, field, message, candidates, tries FROM errors")
        == [["lead", "l1", "marketo", "ambiguous", "-", "two", "dynamics l2, marketo 1001", "1"]])
  }

  @Test func `why tells each decision with what became of it, newest first`() throws {
    let sample = try inStep()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    try sample.write(
      title: "CEO", of: "l1", to: sample.person("1001", ["title": .text("CEO")]),
      action: .collision, winner: .dynamics)

    #expect(
      try sample.rows(
        """
        SELECT action, field, written_side, dynamics_base, dynamics_value, marketo_value,
          written_value, winner, operation_status FROM why WHERE dynamics_id = 'l1'
        """) == [
          [
            "collision", "jobtitle__title", "marketo", "CTO", "CEO", "CTO", "CEO", "dynamics",
            "applied",
          ], ["linked", "-", "-", "-", "-", "-", "-", "-", "-"],
        ])
  }

  @Test func `the views stand without a single entity`() throws {
    let store = try Store.inMemory()
    try store.migrate()
    try store.prepare(Layout(mirrors: [], entities: []))

    for view in ["backlog", "differs", "disagreement", "health", "errors", "why"] {
      #expect(try store.rows("SELECT * FROM \(view)") == [], "\(view)")
    }
    #expect(try store.rows("SELECT name FROM status").count == 9)
  }
}
