import Model
import Store
import Testing

@testable import Sync
@testable import dynsync_cli

@Suite struct SyncPersonTests {
  private func report(
    _ outcomes: [RequestOutcome.Outcome], wasStopped: Bool = false
  ) -> RunReport {
    RunReport(
      run: 7, counts: RunCounts(), backlog: 3, errors: 1, wasStopped: wasStopped,
      requests: outcomes.map {
        RequestOutcome(person: .marketo("7001"), entity: .lead, outcome: $0)
      })
  }

  private static let record = RecordID.dynamics("4b1c0d2e-0000-4000-8000-000000000001")

  @Test func `each outcome is one line`() {
    let lines = report([
      .created(Self.record),
      .createdInPart(Self.record, code: "0x80044331", message: "Too\nlong."),
      .linked(.contact, Self.record, by: .email), .alreadyLinked(.contact, Self.record),
      .refused(code: "0x80040265", message: "No\nname."), .unknownPerson,
      .waiting("the user is not known yet"),
    ]).requests.map(RequestText.line)

    #expect(
      lines == [
        "person 7001: lead 4b1c0d2e-0000-4000-8000-000000000001 created",
        "person 7001: lead 4b1c0d2e-0000-4000-8000-000000000001 created, without a value that "
          + "Dynamics refused: Too␊long. (0x80044331)",
        "person 7001: linked to contact 4b1c0d2e-0000-4000-8000-000000000001, which stood "
          + "already (match by email); no record was made",
        "person 7001: is linked already to contact 4b1c0d2e-0000-4000-8000-000000000001; "
          + "nothing was done",
        "person 7001: lead refused by Dynamics: No␊name. (0x80040265)",
        "person 7001: Marketo has no such person; nothing was done",
        "person 7001: waits: the user is not known yet",
      ])
  }

  @Test func `the status says whether all were done, whatever else is in the backlog`() {
    let statuses = [
      RequestText.status(
        of: report([.created(Self.record), .alreadyLinked(.lead, Self.record)]), asked: 2),
      RequestText.status(of: report([.created(Self.record), .unknownPerson]), asked: 2),
      RequestText.status(of: report([.refused(code: "1", message: "no")]), asked: 1),
      RequestText.status(of: report([.unknownPerson, .waiting("for a user")]), asked: 2),
      RequestText.status(of: report([.created(Self.record)]), asked: 2),
      RequestText.status(of: report([.created(Self.record)], wasStopped: true), asked: 1),
      RequestText.status(of: report([.linked(.lead, Self.record, by: .key)]), asked: 1),
      RequestText.status(
        of: report([.createdInPart(Self.record, code: "1", message: "no")]), asked: 1),
    ]

    #expect(
      statuses == [
        .inStep, .usage, .unfinished, .unfinished, .unfinished, .unfinished,
        .inStep, .unfinished,
      ])
  }

  @Test func `each person is asked for once, in the order in which they were named`() throws {
    let rules = try SampleConfiguration.parse().rules

    let requests = try SyncRequest.all(
      ["7002", "7001", "07002"], as: .lead, assignTo: "dana@acme.example", rules: rules)

    #expect(
      requests
        == ["7002", "7001"].map {
          SyncRequest(person: .marketo($0), entity: .lead, assignTo: "dana@acme.example")
        })
  }

  @Test func `an entity that is not configured, or not written to Dynamics, is wrong usage`() throws
  {
    let oneWay = try SampleConfiguration.parse(
      SampleConfiguration.yaml.replacing("  lead:\n", with: "  lead:\n    direction: to_marketo\n")
    ).rules

    let missing = #expect(throws: CommandError.self) {
      try SyncRequest.all(["1"], as: .contact, assignTo: nil, rules: oneWay)
    }
    let barred = #expect(throws: CommandError.self) {
      try SyncRequest.all(["1"], as: .lead, assignTo: nil, rules: oneWay)
    }

    #expect(
      missing
        == CommandError(
          .usage, "sync-person: 'contact' is no entity of the configuration",
          mend: "add it to entities, or name the other with --as"))
    #expect(
      barred
        == CommandError(
          .usage, "sync-person: by its direction, 'lead' never writes to Dynamics",
          mend: "write 'direction: both' in entities.lead"))
  }

  @Test(arguments: [
    (["x1", "--as", "lead"], "'x1' is no Marketo id; write a whole number above 0"),
    (["0", "--as", "lead"], "'0' is no Marketo id; write a whole number above 0"),
    (["7001", "--as", "lead", "--assign-to", " "], "--assign-to names no user"),
    (["7001", "--as", "account"], "The value 'account' is invalid for '--as <as>'"),
    (["7001"], "Missing expected argument '--as <as>'"),
  ])
  func `what cannot be asked for is wrong usage`(arguments: [String], words: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")

    let ending = try Program.run(["sync-person"] + arguments, in: folder)

    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("Error: \(words)"))
  }

  @Test func `a name that a run does not know is wrong usage`() {
    let error = RunError(.unknownName, "no record is known as 'x'", mend: "give its id")

    #expect(
      CommandError(error) == CommandError(.usage, "no record is known as 'x'", mend: "give its id"))
  }
}
