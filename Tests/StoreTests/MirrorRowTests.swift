import GRDB
import Model
import Testing

@testable import Store

/// How records become rows, and what counts as a change of one.
@Suite struct MirrorRowTests {
  @Test func `a row holds every value as its column's type has it`() throws {
    let sample = try SampleStore()
    let facts = Facts(
      email: "a@b.example", owner: Reference(.user, .dynamics("u1")), account: .dynamics("a1"),
      isIncluded: false, changedAt: Instant(seconds: 0), changedBy: "Ann")

    try sample.pull(
      [
        sample.lead(
          "l1",
          [
            "emailaddress1": .text("É"), "jobtitle": .text(""), "donotbulkemail": .boolean(true),
            "leadsourcecode": .option(8), "revenue": try #require(ExactDecimal("1.50")).value,
          ], facts)
      ], into: SampleLayout.lead)

    let row = try sample.store.database.read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT leadid, emailaddress1, jobtitle, donotbulkemail, leadsourcecode, revenue, _email,
            _state, _owner, _account, _merged_into, _is_included, _changed_at, _changed_by, _version,
            length(_hash), _is_dirty, _is_deleted FROM dynamics_lead
          """)
    }
    #expect(
      row?.databaseValues.map { "\($0)" } == [
        "\"l1\"", "\"É\"", "\"\"", "1", "8", "\"1.5\"", "\"a@b.example\"", "\"active\"",
        "\"user/u1\"", "\"a1\"", "NULL", "0", "\"1970-01-01T00:00:00Z\"", "\"Ann\"", "\"W/1\"",
        "32",
        "1", "0",
      ])
  }

  /// Pairs of values whose texts, one after the other, are the same.
  private static let lookalikes: [(Value, Value)] = [
    (.text("ab"), .text("c")), (.text("a"), .text("bc")), (.text("abc"), .empty),
    (.empty, .text("abc")), (.text("abc"), .text("")),
  ]

  @Test func `values that stand elsewhere, or are none, are a change`() throws {
    let sample = try SampleStore()
    let changed = try Self.lookalikes.map { email, title in
      try sample.pull(
        [sample.lead("l1", ["emailaddress1": email, "jobtitle": title])], into: SampleLayout.lead
      ).changed
    }
    let again = try sample.pull(
      [sample.lead("l1", ["emailaddress1": .text("abc"), "jobtitle": .text("")])],
      into: SampleLayout.lead)

    #expect(changed == [1, 1, 1, 1, 1])
    #expect(again.changed == 0)
  }

  @Test func `who changed a record, and when, is no change of it`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1", [:], Facts(changedBy: "Ann"))], into: SampleLayout.lead)
    let later = Facts(changedAt: Instant(seconds: 9), changedBy: "Ben")

    let counts = try sample.pull([sample.lead("l1", [:], later)], into: SampleLayout.lead)

    #expect(counts == PageCounts(records: 1, changed: 0))
  }
}

extension ExactDecimal {
  fileprivate var value: Value { .decimal(self) }
}
