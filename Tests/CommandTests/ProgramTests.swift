import Testing

@testable import dynsync_cli

@Suite struct ProgramTests {
  @Test func `init tells on the output what it wrote, and beside it what comes next`() throws {
    let folder = try TemporaryFolder()

    let ending = try Program.run("init", "--sandbox", in: folder)

    #expect(
      ending
        == Program.Ending(
          status: 0, output: "dynsync.yaml written\ndynsync.db made\n",
          errors:
            "Next: \(ConfigurationTemplate(.sandbox).nextStep)\n"
        ))
    #expect(try folder.text(of: "dynsync.yaml") == ConfigurationTemplate(.sandbox).yaml)
  }

  @Test func `init where the file stands already is wrong usage, told in two lines`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "dynsync.yaml")

    let ending = try Program.run("init", in: folder)

    #expect(
      ending
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: dynsync.yaml is there already, and init overwrites nothing
            Try: edit it, or move it away first: mv dynsync.yaml dynsync.yaml.old

            """))
  }

  @Test func `an unknown option is wrong usage`() throws {
    let ending = try Program.run("init", "--sandpit", in: TemporaryFolder())

    #expect(ending.status == 64)
    #expect(
      ending.errors.hasPrefix("Error: Unknown option '--sandpit'. Did you mean '--sandbox'?\n"))
  }

  @Test func `help is a result`() throws {
    let ending = try Program.run("--help", in: TemporaryFolder())

    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("OVERVIEW: Keep Dynamics 365 and Adobe Marketo Engage in step"))
    #expect(ending.errors == "")
  }
}
