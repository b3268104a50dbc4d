import Model
import Testing

@testable import Store

@Suite struct PullTests {
  @Test func `a page and its watermark are stored together, or not at all`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    let before = try sample.rows("SELECT * FROM dynamics_lead")
    let nobody: Int64 = 4711

    #expect(throws: StoreError.self) {
      try sample.store.apply(
        ChangePage(
          records: [sample.lead("l2"), sample.lead("l1", ["jobtitle": .text("CEO")])],
          deletions: [.dynamics("l1")], watermark: Watermark("next", isComplete: true)),
        to: SampleLayout.lead, run: nobody, at: SampleStore.now)
    }

    #expect(try sample.rows("SELECT * FROM dynamics_lead") == before)
    #expect(
      try sample.store.watermark(of: "dynamics_lead") == Watermark("w", isComplete: true))
    #expect(try sample.rows("SELECT count(*) FROM watermark_history") == [["1"]])
  }

  @Test func `a record comes back from its mirror as it was read`() throws {
    let sample = try SampleStore()
    let decimal = try #require(ExactDecimal("1604.50"))
    let record = Record(
      id: .dynamics("l1"), version: "W/9",
      fields: [
        "emailaddress1": .text("ana@acme.test"), "jobtitle": .empty,
        "donotbulkemail": .boolean(true), "leadsourcecode": .option(8),
        "revenue": .decimal(decimal),
      ],
      facts: Facts(
        email: "ana@acme.test", state: .qualified, owner: Reference(.team, .dynamics("t1")),
        account: .dynamics("a1"), mergedInto: .dynamics("l2"), originatingLead: .dynamics("l3"),
        convertedTo: .dynamics("c1"), isIncluded: false, key: "k", type: "lead", syncAs: "contact",
        changedAt: SampleStore.now, changedBy: "u1"))

    try sample.pull([record], into: SampleLayout.lead)

    #expect(
      try sample.inputs().map(\.dynamics)
        == [MirrorRow(record: record, change: 1, isDirty: true, isDeleted: false)])
  }

  @Test func `what did not change is not dirty again, whatever the labels say`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    try sample.store.execute("UPDATE dynamics_lead SET _is_dirty = 0")
    let change = try sample.number("SELECT _change FROM dynamics_lead")

    let counts = try sample.pull(
      [
        Record(
          id: .dynamics("l1"), version: "W/2", fields: ["jobtitle": .text("CTO")],
          facts: Facts(changedAt: SampleStore.now, changedBy: "u2"))
      ], into: SampleLayout.lead)

    #expect(counts == PageCounts(records: 1, changed: 0))
    #expect(
      try sample.rows("SELECT _version, _changed_by, _is_dirty, _change FROM dynamics_lead")
        == [["W/2", "u2", "0", "\(change ?? 0)"]])
  }

  @Test(arguments: [
    Record(id: .dynamics("l1"), fields: ["jobtitle": .text("CEO")]),
    Record(id: .dynamics("l1"), fields: ["jobtitle": .empty]),
    Record(
      id: .dynamics("l1"), fields: ["jobtitle": .text("CTO")], facts: Facts(isIncluded: false)),
    Record(
      id: .dynamics("l1"), fields: ["jobtitle": .text("CTO")],
      facts: Facts(owner: Reference(.user, .dynamics("u1")))),
  ])
  func `a changed field or fact makes the row dirty, with a new change number`(_ record: Record)
    throws
  {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    try sample.store.execute("UPDATE dynamics_lead SET _is_dirty = 0")

    let counts = try sample.pull([record], into: SampleLayout.lead)

    #expect(counts == PageCounts(records: 1, changed: 1))
    #expect(
      try sample.rows("SELECT _is_dirty, _change > 1 FROM dynamics_lead") == [["1", "1"]])
  }

  @Test func `a deletion is a change, once, and so is a return`() throws {
    let sample = try SampleStore()
    let lead = sample.lead("l1", ["jobtitle": .text("CTO")])
    try sample.pull([lead], into: SampleLayout.lead)

    let gone = try sample.pull([], deletions: ["l1", "never seen"], into: SampleLayout.lead)
    let again = try sample.pull([], deletions: ["l1"], into: SampleLayout.lead)
    #expect(try sample.rows("SELECT _is_deleted FROM dynamics_lead") == [["1"]])
    try sample.store.execute("UPDATE dynamics_lead SET _is_dirty = 0")
    let back = try sample.pull([lead], into: SampleLayout.lead)

    #expect([gone.changed, again.changed, back.changed] == [1, 0, 1])
    #expect(
      try sample.rows("SELECT _is_deleted, _is_dirty FROM dynamics_lead") == [["0", "1"]])
  }

  @Test func `a full read marks what none of its pages held, also when a killed run began it`()
    throws
  {
    let sample = try SampleStore()
    try sample.pull(["l1", "l2", "l3"].map { sample.lead($0) }, into: SampleLayout.lead)
    let second = try sample.store.openRun(at: SampleStore.now, version: "t", isDry: false)
    func page(_ id: String, _ watermark: Watermark, run: Int64) throws -> PageCounts {
      try sample.store.apply(
        ChangePage(records: [sample.lead(id)], isFullRead: true, watermark: watermark),
        to: SampleLayout.lead, run: run, at: SampleStore.now)
    }

    _ = try page("l1", Watermark("after l1", isComplete: false), run: second)
    let third = try sample.store.openRun(at: SampleStore.now, version: "t", isDry: false)
    #expect(try sample.rows("SELECT full_read_run FROM watermark") == [["\(second)"]])
    let counts = try page("l3", Watermark("delta", isComplete: true), run: third)

    #expect(counts == PageCounts(records: 1, changed: 1))
    #expect(
      try sample.rows("SELECT leadid, _is_deleted FROM dynamics_lead ORDER BY leadid")
        == [["l1", "0"], ["l2", "1"], ["l3", "0"]])
    #expect(try sample.rows("SELECT text, full_read_run FROM watermark") == [["delta", "-"]])
  }

  @Test func `the change number rises with each change of any mirror`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1"), sample.lead("l2")], into: SampleLayout.lead)
    try sample.pull(
      [Record(id: .dynamics("u1"), fields: [:])], into: SampleLayout.user)

    #expect(
      try sample.rows(
        "SELECT _change FROM dynamics_lead UNION ALL SELECT _change FROM dynamics_user")
        == [["1"], ["2"], ["3"]])
  }

  @Test func `complete watermarks are kept, to go back to one`() throws {
    let sample = try SampleStore()
    for watermark in [
      Watermark("page 1", isComplete: false), Watermark("token 1", isComplete: true),
      Watermark("token 2", isComplete: true),
    ] {
      try sample.store.setWatermark(watermark, of: "f", run: sample.run, at: SampleStore.now)
    }

    #expect(try sample.store.watermark(of: "f") == Watermark("token 2", isComplete: true))
    #expect(
      try sample.rows("SELECT feed, text FROM watermark_history ORDER BY seq")
        == [["f", "token 1"], ["f", "token 2"]])
    try sample.store.forgetWatermark(of: "f")
    #expect(try sample.store.watermark(of: "f") == nil)
  }

  @Test func `a field that is selected later gets its column, and the rows stay`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    var layout = sample.layout
    layout.mirrors[0] = ObjectSchema(
      .lead, keyField: "leadid", fields: SampleLayout.leadFields + [Field("budget", .integer)],
      feed: .records)

    let added = try sample.store.prepare(layout)

    #expect(added == [.lead: ["budget"]])
    #expect(try sample.store.prepare(layout) == [:])
    #expect(try sample.rows("SELECT jobtitle, budget FROM dynamics_lead") == [["CTO", "-"]])
  }

  @Test func `a field of Marketo that is selected later has all rows read with its column`() throws
  {
    let sample = try SampleStore()
    try sample.link(sample.lead("l1"), sample.person("1001"))
    var layout = sample.layout
    layout.mirrors[3] = ObjectSchema(
      .person, keyField: "id",
      fields: SampleLayout.person.fields.values + [Field("phone", .text)], feed: .notices)

    try sample.store.prepare(layout)

    #expect(
      try sample.store.staleRecords(in: layout.mirrors[3], after: "", limit: 9) == ["1001"])
  }
}
