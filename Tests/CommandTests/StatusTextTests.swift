import Model
import Testing

@testable import Store
@testable import dynsync_cli

@Suite struct StatusTextTests {
  private static let now = Instant(seconds: 1_767_225_600)
  private static let standing = Standing(
    facts: QueryResult(
      columns: ["name", "value"],
      rows: [
        [.text("last run"), .text("2025-12-31T22:30:00Z")], [.text("exit code"), .null],
        [.text("message"), .null], [.text("last whole run"), .text("2025-12-29T00:00:00Z")],
        [.text("next retry"), .text("2026-01-01T00:10:00Z")],
      ]),
    backlogByReason: QueryResult(
      columns: ["reason", "left_to_do"], rows: [[.text("waiting for user"), .integer(2)]]),
    errorsByKind: QueryResult(
      columns: ["kind", "side", "errors", "next_retry"],
      rows: [[.text("rejected"), .text("marketo"), .integer(1), .text("2026-01-01T00:10:00Z")]]),
    backlog: QueryResult(columns: ["entity"], rows: [[.text("lead")]]),
    errors: QueryResult(columns: ["entity"], rows: []))

  @Test func `people see ages, and reasons by their number`() {
    #expect(
      StatusText(Self.standing, now: Self.now).forPeople == """
        name            value
        --------------  ---------------------------------
        last run        2025-12-31T22:30:00Z (1h 30m ago)
        exit code
        last whole run  2025-12-29T00:00:00Z (3d ago)
        next retry      2026-01-01T00:10:00Z

        What is left
        reason            left_to_do
        ----------------  ----------
        waiting for user           2

        Errors by kind
        kind      side     errors  next_retry
        --------  -------  ------  --------------------
        rejected  marketo       1  2026-01-01T00:10:00Z

        Left to do (the first 20)
        entity
        ------
        lead

        """)
  }

  @Test func `programs see facts alone, all as text`() {
    #expect(
      StatusText(Self.standing, now: Self.now).json == """
        [
        {"name":"last run","value":"2025-12-31T22:30:00Z"},
        {"name":"exit code","value":null},
        {"name":"message","value":null},
        {"name":"last whole run","value":"2025-12-29T00:00:00Z"},
        {"name":"next retry","value":"2026-01-01T00:10:00Z"},
        {"name":"backlog: waiting for user","value":"2"},
        {"name":"errors: rejected by marketo","value":"1"}
        ]

        """)
  }
}
