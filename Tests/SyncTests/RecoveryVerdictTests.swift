import Model
import Sync
import Testing

@testable import Store

@Suite struct RecoveryVerdictTests {
  private static let sentAt = Instant(seconds: 1000)
  private static let settlesBy = Instant(seconds: 1600)

  /// One operation in doubt, what is there now, and the verdict.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var action: PlannedOperation.Action
    var presence: Presence
    var now: Instant
    var verdict: RecoveryVerdict
    var testDescription: String { name }
  }

  private static func record(_ title: String, phone: String = "1", version: String? = nil) -> Record
  {
    Record(
      id: .marketo("1001"), version: version,
      fields: ["title": .text(title), "phone": .text(phone), "unchanged": .text("same")])
  }

  private static func applied(_ record: Record, _ evidence: String) -> RecoveryVerdict {
    .applied(id: record.id.text, record: record, evidence: evidence)
  }

  private static let early = settlesBy - 1
  private static let found = "the value that was sent was found"
  private static let plain = PlannedOperation.Action.update(ifVersion: nil)
  private static let versioned = PlannedOperation.Action.update(ifVersion: "W/1")

  private static let cases = [
    Case(
      name: "a create whose key several records carry is ambiguous", action: .create(key: "l1"),
      presence: .several([.marketo("1001"), .marketo("1002")]), now: settlesBy,
      verdict: .ambiguous),
    Case(
      name: "a create whose key is found took effect", action: .create(key: "l1"),
      presence: .present(record("x")), now: early,
      verdict: applied(record("x"), "its key was found")),
    Case(
      name: "a create that is not found may still come", action: .create(key: "l1"),
      presence: .absent, now: early, verdict: .tooEarly(until: settlesBy)),
    Case(
      name: "a create that is not found in time never took effect", action: .create(key: "l1"),
      presence: .absent, now: settlesBy, verdict: .absent),
    Case(
      name: "an update whose values are there took effect", action: plain,
      presence: .present(record("sent", phone: "2")), now: early,
      verdict: applied(record("sent", phone: "2"), found)),
    Case(
      name: "one field that only the write can have changed tells of all", action: plain,
      presence: .present(record("edited since", phone: "2")), now: early,
      verdict: applied(record("edited since", phone: "2"), found)),
    Case(
      name: "one field with the sent value beside one as before is unclear", action: plain,
      presence: .present(record("sent")), now: early,
      verdict: .unclear(record("sent"), until: settlesBy)),
    Case(
      name: "an update whose record is as before may still come", action: plain,
      presence: .present(record("before")), now: early, verdict: .tooEarly(until: settlesBy)),
    Case(
      name: "an update whose record is as before in time never took effect", action: plain,
      presence: .present(record("before")), now: settlesBy, verdict: .absent),
    Case(
      name: "neither what was sent nor what was there before is unclear", action: plain,
      presence: .present(record("edited", phone: "3")), now: settlesBy,
      verdict: .unclear(record("edited", phone: "3"), until: nil)),
    Case(
      name: "a value of somebody else's does not keep a late write out", action: plain,
      presence: .present(record("edited", phone: "3")), now: early,
      verdict: .unclear(record("edited", phone: "3"), until: settlesBy)),
    Case(
      name: "an update of a record that is gone is gone", action: plain, presence: .deleted,
      now: early, verdict: .gone),
    Case(
      name: "an update of a record that is absent is gone", action: versioned, presence: .absent,
      now: early, verdict: .gone),
    Case(
      name: "an update whose record has the version that it was made for may still come",
      action: versioned, presence: .present(record("before", version: "W/1")), now: early,
      verdict: .tooEarly(until: settlesBy)),
    Case(
      name: "the version that the write was made for proves in time that it did not take effect",
      action: versioned, presence: .present(record("before", version: "W/1")), now: settlesBy,
      verdict: .absent),
    Case(
      name: "another version with the old values: a late write could not take effect any more",
      action: versioned, presence: .present(record("before", version: "W/2")), now: early,
      verdict: .absent),
    Case(
      name: "another version with the sent value took effect", action: versioned,
      presence: .present(record("sent", phone: "2", version: "W/2")), now: early,
      verdict: applied(record("sent", phone: "2", version: "W/2"), found)),
    Case(
      name: "another version with other values is unclear", action: versioned,
      presence: .present(record("edited", version: "W/3")), now: early,
      verdict: .unclear(record("edited", version: "W/3"), until: nil)),
  ]

  @Test(arguments: cases)
  func `a read-back judges a write whose answer was lost`(_ item: Case) {
    let operation = StoredOperation(
      id: 1, entity: .lead, dynamicsID: "l1", marketoID: "1001", side: .marketo,
      action: item.action, sentAt: Self.sentAt,
      fields: [
        field("title", sent: "sent", before: "before"), field("phone", sent: "2", before: "1"),
        field("unchanged", sent: "same", before: "same"),
      ])

    let verdict = RecoveryVerdict.judge(
      operation, presence: item.presence, now: item.now, settlesBy: Self.settlesBy)

    #expect(verdict == item.verdict)
  }

  @Test func `without a history, other forms of all texts tell that a write took effect`() {
    let operation = StoredOperation(
      id: 1, entity: .account, dynamicsID: "a1", marketoID: "a1", side: .marketo,
      action: Self.plain, sentAt: Self.sentAt,
      fields: [
        field("name", sent: "New Name", before: "Old"), field("phone", sent: "2", before: "1"),
      ])
    func altered(_ name: String, phone: String) -> Set<FieldName>? {
      RecoveryVerdict.altered(
        operation,
        Record(id: .marketo("a1"), fields: ["name": .text(name), "phone": .text(phone)]), told: nil)
    }

    #expect(altered("new name", phone: "2") == ["name"])
    #expect(altered("Somebody's", phone: "2") == nil)
    // Somebody else may have set the one field to what was sent.
    #expect(altered("Old", phone: "2") == nil)
    #expect(altered("new name", phone: "1") == nil)
  }

  private func field(_ name: FieldName, sent: String, before: String) -> StoredOperation.StoredField
  {
    StoredOperation.StoredField(
      pair: "x__\(name)", field: name, sent: .text(sent), predicted: .text(sent),
      before: .text(before))
  }
}
