import Model
import Testing

@testable import Store

@Suite struct NoticeTests {
  private func notice(_ id: String, _ event: Notice.Event, of record: String = "1001") -> Notice {
    Notice(
      id: id, record: .marketo(record), event: event, at: SampleStore.now, isFromAPI: false)
  }

  private func apply(_ notices: [Notice], to sample: SampleStore) throws -> PageCounts {
    try sample.store.apply(
      notices: ChangePage(notices: notices, watermark: Watermark("n", isComplete: true)),
      to: SampleLayout.person, run: sample.run, at: SampleStore.now)
  }

  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.pull(
      [sample.person("1001", ["title": .text("CTO")]), sample.person("1002")],
      into: SampleLayout.person)
    return sample
  }

  private static let events: [(Notice.Event, Bool)] = [
    (.changed(field: "title", newValue: "CEO"), true),
    (.changed(field: "title", newValue: "CTO"), false),
    (.changed(field: "title", newValue: nil), true),
    (.changed(field: "email", newValue: nil), false),
    (.changed(field: "unsubscribed", newValue: "not a truth"), true),
    (.changed(field: "not mirrored", newValue: "x"), true),
    (.merged(losers: [.marketo("9")]), true),
    (.created, false),
  ]

  @Test(arguments: events)
  func `a person is read again where the mirror does not hold what is told`(
    _ event: Notice.Event, _ isStale: Bool
  ) throws {
    let sample = try sample()

    _ = try apply([notice("g1", event)], to: sample)

    #expect(
      try sample.store.staleRecords(in: SampleLayout.person, after: "", limit: 9)
        == (isStale ? ["1001"] : []))
  }

  @Test func `a notice that is told again costs nothing`() throws {
    let sample = try sample()
    let told = notice("g1", .changed(field: "title", newValue: "CEO"))
    let first = try apply([told, told], to: sample)
    try sample.pull([sample.person("1001", ["title": .text("CFO")])], into: SampleLayout.person)

    let second = try apply([told], to: sample)

    #expect(first == PageCounts(records: 1, changed: 1))
    #expect(second == PageCounts(records: 0, changed: 0))
    #expect(try sample.store.staleRecords(in: SampleLayout.person, after: "", limit: 9) == [])
    try sample.store.forgetActivities(before: SampleStore.now + 1)
    #expect(try sample.rows("SELECT count(*) FROM activity_seen") == [["0"]])
  }

  @Test func `a new person that nobody mirrors is noted once, until the wishes are read`() throws {
    let sample = try sample()
    let told = notice("g2", .created, of: "1009")

    _ = try apply([notice("g1", .created)], to: sample)
    #expect(try !sample.store.hasNewcomers(in: SampleLayout.person))
    _ = try apply([told], to: sample)
    #expect(try sample.store.hasNewcomers(in: SampleLayout.person))

    try sample.store.forgetNewcomers(in: SampleLayout.person)
    _ = try apply([told], to: sample)
    #expect(try !sample.store.hasNewcomers(in: SampleLayout.person))
  }

  @Test func `a deleted person and the loser of a merge are marked, the winner is read again`()
    throws
  {
    let sample = try sample()
    try sample.pull([sample.person("1003")], into: SampleLayout.person)

    _ = try apply(
      [
        notice("g1", .deleted, of: "1003"),
        notice("g2", .merged(losers: [.marketo("1002")]), of: "1001"),
      ], to: sample)

    #expect(
      try sample.rows("SELECT id, _is_deleted, _is_stale FROM marketo_person ORDER BY id")
        == [["1001", "0", "1"], ["1002", "1", "0"], ["1003", "1", "0"]])
  }

  @Test func `reading a stale record makes it fresh, and one that is not there is gone`() throws {
    let sample = try sample()
    try sample.store.markAllStale(in: SampleLayout.person)

    try sample.store.apply(
      [sample.person("1001", ["title": .text("CTO")])], missing: ["1002"],
      to: SampleLayout.person, run: sample.run)

    #expect(
      try sample.rows("SELECT id, _is_stale, _is_deleted FROM marketo_person ORDER BY id")
        == [["1001", "0", "0"], ["1002", "0", "1"]])
  }

  @Test func `what happens to a candidate wakes the record that was ambiguous`() throws {
    let sample = try sample()
    try sample.pull([sample.lead("l1")], into: SampleLayout.lead)
    try sample.store.carryOut(
      [.ambiguous(dynamicsID: "l1", candidates: [.marketo("1001")], message: "two")],
      for: sample.leads, run: sample.run, at: SampleStore.now)
    #expect(try sample.isDirty("dynamics_lead", "l1") == false)

    _ = try apply([notice("g1", .deleted)], to: sample)

    #expect(try sample.isDirty("dynamics_lead", "l1") == true)
  }
}
