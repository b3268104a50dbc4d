import Model
import Testing

@testable import Store

@Suite struct SettleTests {
  private func sending(_ title: String = "CEO") throws -> (sample: SampleStore, operation: Int64) {
    let sample = try SampleStore()
    try sample.link(
      sample.lead("l1", ["jobtitle": .text("CTO")]),
      sample.person("1001", ["title": .text("CTO")]))
    try sample.pull([sample.lead("l1", ["jobtitle": .text(title)])], into: SampleLayout.lead)
    let operation = try sample.planTitle(title, for: "l1")
    _ = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)
    return (sample, operation)
  }

  private func base(_ sample: SampleStore) throws -> [[String]] {
    try sample.rows(
      "SELECT jobtitle__title__dynamics, jobtitle__title__marketo FROM base_lead")
  }

  private func applied(_ title: String, _ more: [FieldName: Value] = [:]) -> Settlement.Outcome {
    var fields = more
    fields["title"] = .text(title)
    return .applied(
      id: "1001", seen: Record(id: .marketo("1001"), fields: fields), isOneWithWrite: false,
      normalised: [])
  }

  @Test func `after a write the mirror, the bases, the log and the dirty marks tell of it`() throws
  {
    let (sample, operation) = try sending()

    try sample.settle(operation, applied("CEO"))

    #expect(try base(sample) == [["CEO", "CEO"]])
    #expect(try sample.rows("SELECT title, _is_dirty FROM marketo_person") == [["CEO", "0"]])
    #expect(try sample.isDirty("dynamics_lead", "l1") == false)
    #expect(
      try sample.rows(
        "SELECT status, settled_at, request_id, stored_value FROM operation"
          + " JOIN operation_field USING (operation_id)")
        == [["applied", "2026-01-01T00:00:00Z", "request-1", "CEO"]])
    #expect(
      try sample.rows(
        """
        SELECT action, side, field, dynamics_base, dynamics_value, marketo_base, marketo_value,
          written_value, rule FROM activity_log WHERE operation_id IS NOT NULL
        """) == [
          [
            "updated", "marketo", "jobtitle__title", "CTO", "CEO", "CTO", "CTO", "CEO",
            "changed in dynamics",
          ]
        ])
  }

  @Test func `a dirty mark stays where the row changed after it was planned`() throws {
    let (sample, operation) = try sending()
    try sample.pull(
      [sample.lead("l1", ["jobtitle": .text("Chair")])], into: SampleLayout.lead)

    try sample.settle(operation, applied("CEO"))

    #expect(try base(sample) == [["CEO", "CEO"]])
    #expect(try sample.isDirty("dynamics_lead", "l1") == true)
  }

  @Test func `an edit that was read while a write was in doubt stays dirty when it is settled`()
    throws
  {
    let (sample, operation) = try sending()
    let edited: [FieldName: Value] = ["email": .text("new@acme.test")]
    try sample.pull(
      [sample.person("1001", ["title": .text("CTO")].merging(edited) { $1 })],
      into: SampleLayout.person)
    #expect(try sample.isDirty("marketo_person", "1001") == true)

    try sample.settle(operation, applied("CEO", edited))

    #expect(try sample.isDirty("marketo_person", "1001") == true)
  }

  @Test func `a read-back that differs is a person's edit: the base is what was predicted`() throws
  {
    let (sample, operation) = try sending()

    try sample.settle(operation, applied("edited at once"))

    #expect(try base(sample) == [["CEO", "CEO"]])
    #expect(
      try sample.rows("SELECT title, _is_dirty FROM marketo_person") == [["edited at once", "1"]])
  }

  @Test func `a read-back that the side normalised becomes the base, and the log says so`() throws {
    let (sample, operation) = try sending()

    try sample.settle(
      operation,
      .applied(
        id: "1001", seen: sample.person("1001", ["title": .text("Ceo")]), isOneWithWrite: false,
        normalised: ["title"]))

    #expect(try base(sample) == [["CEO", "Ceo"]])
    #expect(try sample.isDirty("marketo_person", "1001") == false)
    #expect(
      try sample.rows(
        "SELECT field, written_value, marketo_value, rule FROM activity_log"
          + " WHERE action = 'normalised'")
        == [
          ["jobtitle__title", "CEO", "Ceo", "marketo stores another form of what it was sent"]
        ])
  }

  @Test func `an answer that is one with the write becomes the base`() throws {
    let (sample, operation) = try sending()

    try sample.settle(
      operation,
      .applied(
        id: "1001", seen: sample.person("1001", ["title": .text("C.E.O.")]),
        isOneWithWrite: true, normalised: []))

    #expect(try base(sample) == [["CEO", "C.E.O."]])
  }

  @Test func `another field that moved meanwhile makes the record dirty, and its base stays`()
    throws
  {
    let (sample, operation) = try sending()

    try sample.settle(operation, applied("CEO", ["email": .text("new@acme.test")]))

    #expect(
      try sample.rows("SELECT email, _is_dirty FROM marketo_person") == [["new@acme.test", "1"]])
    #expect(
      try sample.rows("SELECT emailaddress1__email__marketo FROM base_lead") == [[""]])
  }

  @Test func `a create makes the link and one row in the log`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    let operation = try sample.planTitle("CTO", for: "l1", action: .firstLink)
    _ = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)

    try sample.settle(operation, applied("CTO"), evidence: "its key was found")

    #expect(
      try sample.rows("SELECT dynamics_id, marketo_id, state, how FROM link")
        == [["l1", "1001", "active", "created"]])
    #expect(try base(sample) == [["CTO", "CTO"]])
    #expect(
      try sample.rows("SELECT action, marketo_id, rule FROM activity_log ORDER BY seq")
        == [
          ["recovered", "1001", "its key was found"], ["created", "1001", "new in dynamics"],
        ])
    #expect(try sample.isDirty("dynamics_lead", "l1") == false)
  }

  @Test func `a refusal is listed with the service's words, and tried less and less often`() throws
  {
    let (sample, operation) = try sending()
    let refusal = Settlement.Outcome.rejected(
      Rejection(code: "1003", message: "title is too long", field: "title"))

    try sample.settle(operation, refusal)
    let again = try #require(try refused(sample))
    #expect(
      again == [
        "marketo", "rejected", "jobtitle__title", "1003", "title is too long", "CEO", "1",
        "2026-01-01T01:00:00Z",
      ])
    #expect(try sample.isDirty("dynamics_lead", "l1") == false)
    try sample.settle(operation, refusal)
    #expect(try refused(sample)?.suffix(2) == ["2", "2026-01-01T02:00:00Z"])
    for _ in 0..<9 { try sample.settle(operation, refusal) }
    #expect(try refused(sample)?.suffix(2) == ["11", "2026-01-02T00:00:00Z"])

    try sample.settle(operation, applied("CEO"))
    #expect(try refused(sample) == nil)
  }

  private func refused(_ sample: SampleStore) throws -> [String]? {
    try sample.rows(
      "SELECT side, kind, pair, code, message, content, tries, retry_at FROM sync_error"
    ).first
  }

  @Test func `a refused value is left out of plans until its time has come`() throws {
    let (sample, operation) = try sending()
    try sample.settle(
      operation, .rejected(Rejection(code: "1003", message: "no", field: "title")))

    try sample.store.wakeErrors(at: SampleStore.now + 3599)
    #expect(try sample.inputs() == [])
    try sample.store.wakeErrors(at: SampleStore.now + 3600)

    let early = try sample.store.planInputs(
      for: sample.leads, dirtyOn: .dynamics, after: 0, limit: 9, at: SampleStore.now)
    let due = try sample.store.planInputs(
      for: sample.leads, dirtyOn: .dynamics, after: 0, limit: 9, at: SampleStore.now + 3600)
    #expect(
      early.map(\.refusals)
        == [[Refusal(side: .marketo, pair: "jobtitle__title", content: "CEO")]])
    #expect(due.map(\.refusals) == [[]])
  }

  @Test func `a field that a record does not show keeps what the mirror held`() throws {
    let sample = try SampleStore()
    try sample.pull(
      [sample.lead("l1", ["jobtitle": .text("CTO"), "emailaddress1": .text("a@b.test")])],
      into: SampleLayout.lead)
    try sample.store.execute("UPDATE dynamics_lead SET _is_dirty = 0")

    try sample.pull([sample.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)

    #expect(
      try sample.rows("SELECT jobtitle, emailaddress1, _is_dirty FROM dynamics_lead")
        == [["CEO", "a@b.test", "1"]])
  }
}
