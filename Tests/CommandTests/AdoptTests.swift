import Testing

@testable import dynsync_cli

/// `dynsync adopt`: the real program against a sandbox whose services were replaced.
@Suite struct AdoptTests {
  /// The sandbox's configuration, signed in to Dynamics as another user.
  private static func asOtherUser(at address: String) -> String {
    SampleConfiguration.sandbox(at: address).replacing(
      "    client_id: sandbox\n    client_secret: sandbox\n    token_url",
      with: "    flow: password\n    tenant: sandbox\n    client_id: sandbox\n"
        + "    client_secret: sandbox\n    username: sync@sandbox.example\n"
        + "    password: sandbox\n    token_url", maxReplacements: 1)
  }

  @Test func `another user is refused, adopted with a yes, and goes on where the first was`()
    throws
  {
    try Program.withSandbox { folder, address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")
      _ = try Program.run("sandbox", "seed", in: folder)
      _ = try Program.run("run", in: folder)
      let early = try Program.run("adopt", "dynamics", "--yes", in: folder)
      try folder.write(Self.asOtherUser(at: address), to: "dynsync.yaml")

      let refused = try Program.run("run", in: folder)
      let unconfirmed = try Program.run("adopt", "dynamics", in: folder)
      let adopted = try Program.run("adopt", "dynamics", "--yes", in: folder)
      let next = try Program.run("run", in: folder)
      let state = try Program.run(
        "query", "--format", "csv",
        "SELECT operations_planned, records_pulled > 0 FROM run ORDER BY run_id DESC LIMIT 1",
        in: folder)

      #expect(early.status == 64)
      #expect(early.errors.contains("of this database answers; nothing to adopt\n"))
      #expect(refused.status == 3)
      #expect(refused.errors.contains("if it was replaced on purpose, 'dynsync adopt dynamics'\n"))
      #expect(unconfirmed.status == 3)
      #expect(
        unconfirmed.errors == """
          Error: adopt: nobody is there to confirm it; nothing was changed
          Try: dynsync adopt dynamics --yes

          """)
      #expect(adopted.status == 0)
      #expect(adopted.output.hasPrefix("dynamics: another user answers\n  was  organisation "))
      #expect(adopted.output.hasPrefix(unconfirmed.output))
      #expect(
        adopted.output.hasSuffix(
          "adopted; look at the next run's plan with 'dynsync run --dry-run'\n"))
      #expect([0, 2].contains(next.status))
      #expect(state.output.hasSuffix("\r\n0,1\r\n"))
    }
  }

  @Test func `an adopted organisation without the linked records is stopped by the guard`()
    throws
  {
    try Program.withSandbox { folder, address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")
      _ = try Program.run("sandbox", "seed", in: folder)
      _ = try Program.run("run", in: folder)
      _ = try Program.run("sandbox", "reset", in: folder)

      let adopted = try Program.run("adopt", "dynamics", "--yes", in: folder)
      let next = try Program.run("run", in: folder)

      #expect(adopted.status == 0)
      #expect(adopted.output.hasPrefix("dynamics: another organisation answers\n"))
      #expect(next.status == 3)
      #expect(next.errors.contains("; nothing was written\nTry: look whether the "))
      let written = try Program.run(
        "query", "--format", "csv",
        "SELECT count(*) FROM operation WHERE run_id > 1 AND sent_at IS NOT NULL", in: folder)
      #expect(written.output.hasSuffix("\r\n0\r\n"))
    }
  }
}
