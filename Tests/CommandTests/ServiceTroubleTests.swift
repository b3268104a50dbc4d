import Testing

@testable import dynsync_cli

/// Services that cannot be used: the real program against a sandbox says why and what to do.
@Suite struct ServiceTroubleTests {
  private static let closed = "http://127.0.0.1:1"

  /// A configuration that cannot work, and the words that it must be answered with.
  private struct Trouble {
    var name: String
    var yaml: String
    var status: Int32
    var errors: String
  }

  private static func troubles(at address: String) -> [Trouble] {
    [
      Trouble(
        name: "d-closed",
        yaml: SampleConfiguration.sandbox(at: address, dynamics: closed, login: closed),
        status: 75,
        errors: """
          Error: dynamics: could not ask who we are: \
          the service cannot be reached: the connection broke (error 111)
          Try: check the address and the network, or try later

          """),
      Trouble(
        name: "m-closed", yaml: SampleConfiguration.sandbox(at: address, marketo: closed),
        status: 75,
        errors: """
          Error: marketo: could not sign in: \
          the service cannot be reached: the connection broke (error 111)
          Try: check the address and the network, or try later

          """),
      Trouble(
        name: "d-secret", yaml: SampleConfiguration.sandbox(at: address, dynamicsSecret: "wrong"),
        status: 3,
        errors: """
          Error: dynamics: could not ask who we are: the client secret is wrong (AADSTS7000215)
          Try: set DYNAMICS_CLIENT_SECRET to the secret's value, not its id

          """),
      Trouble(
        name: "m-secret", yaml: SampleConfiguration.sandbox(at: address, marketoSecret: "wrong"),
        status: 3,
        errors: """
          Error: marketo: could not sign in: \
          the client id or its secret is wrong (invalid_client)
          Try: take both from Admin > LaunchPoint > View Details and set MARKETO_CLIENT_SECRET

          """),
    ]
  }

  @Test(arguments: ["d-closed", "m-closed", "d-secret", "m-secret"])
  func `a service that is away, or refuses the credential, is told with its side`(
    name: String
  ) throws {
    try Program.withSandbox { folder, address in
      let trouble = try #require(Self.troubles(at: address).first { $0.name == name })
      try folder.write(trouble.yaml, to: "dynsync.yaml")

      let ending = try Program.run("run", in: folder)

      let row = try Program.run(
        "query", "--format", "csv", "SELECT exit_code, operations_planned FROM run", in: folder)
      #expect(ending == Program.Ending(status: trouble.status, output: "", errors: trouble.errors))
      #expect(row.output == "exit_code,operations_planned\r\n\(trouble.status),0\r\n")
    }
  }

  @Test func `another organisation behind the address gets nothing written`() throws {
    try Program.withSandbox { folder, address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")
      let first = try Program.run("run", in: folder)
      _ = try Program.run("sandbox", "reset", in: folder)
      _ = try Program.run("sandbox", "seed", in: folder)

      let second = try Program.run("run", in: folder)

      let state = try Program.run(
        "query", "--format", "csv",
        "SELECT run_id, exit_code, records_pulled, operations_planned FROM run", in: folder)
      #expect([first.status, second.status] == [0, 3])
      #expect(second.output == "")
      #expect(
        second.errors == """
          Error: dynamics: another organisation answers at 127.0.0.1 than the one this database \
          was made with; nothing was written
          Try: point the configuration at the right service, or use another database; if it was \
          replaced on purpose, 'dynsync adopt dynamics'

          """)
      #expect(state.output.hasSuffix("\r\n2,3,0,0\r\n"))
    }
  }

  @Test
  func `a dry run shows its plan, a run of one entity what it leaves, status how things stand`()
    throws
  {
    try Program.withSandbox { folder, address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")
      _ = try Program.run("sandbox", "seed", in: folder)

      let dry = try Program.run("run", "--dry-run", in: folder)
      let part = try Program.run("run", "--only", "account", in: folder)
      let rest = try Program.run("run", in: folder)
      _ = try Program.run("run", in: folder)
      let quiet = try Program.run("run", in: folder)
      let status = try Program.run("status", "--json", in: folder)

      #expect(dry.status == 0)
      #expect(dry.output.hasPrefix("entity   to "))
      #expect(dry.output.contains("\nrun 1: dry run: "))
      #expect(part.status == 2)
      #expect(
        part.errors.contains(/\n--only left \d+ records of lead and \d+ of contact waiting\n/))
      #expect(rest.errors.split(separator: "\n").count > 1)
      #expect(quiet.errors.isEmpty)
      #expect(
        status.output.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME") == """
          [
          {"name":"last run","value":"TIME"},
          {"name":"exit code","value":"2"},
          {"name":"message","value":null},
          {"name":"last whole run","value":"TIME"},
          {"name":"account linked","value":"40"},
          {"name":"lead linked","value":"183"},
          {"name":"contact linked","value":"300"},
          {"name":"backlog","value":"0"},
          {"name":"errors","value":"1"},
          {"name":"given up","value":"0"},
          {"name":"next retry","value":"TIME"},
          {"name":"disagreement","value":"0"},
          {"name":"errors: ambiguous by marketo","value":"1"}
          ]

          """)
    }
  }
}
