import Store
import Testing

@Suite struct ErrorCauseTests {
  private func error(
    _ id: String, _ message: String, code: String? = "0x80044331",
    field: String? = "subject__department", entity: String = "lead",
    retryAt: String? = "2026-01-03T00:00:00Z", at: String = "2026-01-01T00:00:00Z"
  ) -> ListedError {
    ListedError(
      entity: entity, dynamicsID: id, side: "dynamics", kind: "rejected", field: field, code: code,
      message: message, firstAt: at, lastAt: at, retryAt: retryAt)
  }

  @Test func `entries with one cause are one, and what is of one record alone is left out`() {
    let first = error("l1", "The 'subject' of the 'lead' was 'abc', maximum 300")
    let second = error(
      "l2", "The 'subject' of the 'lead' was 'xyz', maximum 300", code: "0X80044331",
      retryAt: nil, at: "2026-01-02T00:00:00Z")
    let other = error("l3", "no such owner", code: "0x80040229", field: "_owner")

    let causes = ErrorCause.grouped([first, other, second])

    #expect(causes.map(\.count) == [2, 1])
    #expect(
      causes.map(\.message) == [
        "The 'subject' of the 'lead' was '…', maximum 300", "no such owner",
      ])
    #expect(causes[0].givenUp == 1)
    #expect(causes[0].firstAt == "2026-01-01T00:00:00Z")
    #expect(causes[0].lastAt == "2026-01-02T00:00:00Z")
    #expect(causes[0].nextTry == "2026-01-03T00:00:00Z")
    #expect(causes[0].example == second)
    #expect(causes[1].example == other)
  }

  @Test(arguments: [
    ("id 4b1c0d2e-0000-4000-8000-000000000001 is gone", "id … is gone"),
    ("to dana@acme.example, 12345678 of 300", "to …, … of 300"),
    ("Invalid value 'x y'. Required of type 'Integer'", "Invalid value '…'. Required of type '…'"),
  ])
  func `ids, addresses, long numbers and quoted values make no difference`(
    message: String, pattern: String
  ) {
    #expect(ErrorCause.grouped([error("l1", message)]).map(\.message) == [pattern])
  }
}
