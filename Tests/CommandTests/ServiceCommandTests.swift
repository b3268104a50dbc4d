import Testing

@testable import dynsync_cli

/// Commands that ask the services for more than a run, by the real program against a sandbox.
@Suite struct ServiceCommandTests {
  @Test func `init --provision makes what persons lack, once`() throws {
    try Program.withSandbox { folder, address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")

      let first = try Program.run("init", "--provision", in: folder)
      let second = try Program.run("init", "--provision", in: folder)

      #expect(
        first
          == Program.Ending(
            status: 0,
            output: """
              Marketo: dynamicsId made
              Marketo: dynamicsType made
              Marketo: dynamicsIsDeleted made
              Marketo: dynamicsSyncAs made

              """, errors: ""))
      #expect(
        second
          == Program.Ending(
            status: 0, output: "Marketo has all that dynsync needs\n", errors: ""))
    }
  }

  @Test func `fields list shows what both services say`() throws {
    try Program.withSandbox { folder, address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")
      _ = try Program.run("init", "--provision", in: folder)

      let ending = try Program.run(
        "fields", "list", "--entity", "account", "--entity", "lead", "--format", "csv", in: folder)

      #expect(ending.status == 0)
      #expect(ending.errors == "")
      #expect(
        ending.output.split(separator: "\r\n") == [
          "entity,dynamics,dynamics_type,marketo,marketo_type,direction,winner,dynamics_told,"
            + "marketo_told,stopped",
          "account,name,text,company,text,to_marketo,dynamics,feed,lookup,",
          "lead,emailaddress1,text,email,text,both,marketo,feed,feed,",
          "lead,lastname,text,lastName,text,both,marketo,feed,feed,",
          "lead,_key,text,dynamicsId,text,to_marketo,dynamics,,feed,",
          "lead,_type,text,dynamicsType,text,to_marketo,dynamics,,feed,",
          "lead,_is_deleted,boolean,dynamicsIsDeleted,boolean,to_marketo,dynamics,,feed,",
          "lead,_sync_as,text,dynamicsSyncAs,text,to_marketo,dynamics,,feed,",
        ])
    }
  }

  @Test func `a service that is away ends fields list and provisioning with its name`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")

    let endings = try [["fields", "list"], ["init", "--provision"]].map {
      try Program.run($0, in: folder)
    }

    #expect(endings.map(\.status) == [75, 75])
    #expect(endings.allSatisfy { $0.errors.hasPrefix("Error: dynamics: ") && $0.output.isEmpty })
  }
}
