import Testing

@testable import dynsync_cli

@Suite struct BadConfigurationTests {
  @Test(arguments: BadLine.all)
  func `a bad line is told with its place, its reason and its mend`(bad: BadLine) {
    let complaint = SampleConfiguration.complaint(replacing: bad.good, with: bad.bad)

    #expect(complaint == "Error: dynsync.yaml:\(bad.error)\nTry: \(bad.mend)")
  }

  @Test func `all that is wrong is told at once, in the order of the lines`() {
    let complaint = SampleConfiguration.complaint(
      of: """
        mach: [key]
        dynamics:
          url: http://orgacme.crm4.dynamics.com
          auth: {flow: magic, tenant: acme, client_id: app}
        marketo:
          client_id: service
          client_secret: ${NOT_SET}
          log_activities: maybe
        entities:
          led:
            fields: []
          lead:
            fields:
              - {dynamics: JobTitle, marketo: title}
              - {dynamics: fax, marketo: Title}

        """)

    #expect(
      complaint == """
        Error: dynsync.yaml has 9 problems
          dynsync.yaml:1: mach: this key is not known; write 'match'
          dynsync.yaml:3: dynamics.url: must begin with https://; http:// is for loopback alone; \
        write it like 'url: https://orgacme.crm4.dynamics.com'
          dynsync.yaml:4: dynamics.auth.flow: 'magic' is not allowed here; \
        write one of client_credentials, password
          dynsync.yaml:5: marketo.url: this key is missing; add 'url: https://123-ABC-456.mktorest.com'
          dynsync.yaml:7: marketo.client_secret: the environment variable NOT_SET is not set; \
        set it: export NOT_SET=…
          dynsync.yaml:8: marketo.log_activities: 'maybe' is neither true nor false; \
        write true or false
          dynsync.yaml:10: entities.led: this entity is not known; write 'lead'
          dynsync.yaml:14: entities.lead.fields[1].dynamics: 'JobTitle' is no logical name: \
        these are in lower case; write 'jobtitle'
          dynsync.yaml:15: entities.lead.fields[2]: Marketo's 'Title' is mapped already in line 14; \
        remove one of the two pairs
        Try: mend these lines; docs/configuration.md lists every key
        """)
  }

  @Test func `no more than twenty problems are shown`() {
    let pairs = (1...25).map { "      - {dynamics: f\($0), marketo: m\($0), wins: x}\n" }

    let complaint = SampleConfiguration.complaint(of: SampleConfiguration.yaml + pairs.joined())

    let lines = complaint.split(separator: "\n")
    #expect(lines.count == 23)
    #expect(lines.first == "Error: dynsync.yaml has 25 problems")
    #expect(lines.dropFirst(21).first == "  and 5 more")
  }

  @Test func `a missing file is told with the command that writes one`() {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.load(from: "/nowhere/dynsync.yaml", environment: [:])
    }

    #expect(
      error.map { CommandError($0).description } == """
        Error: /nowhere/dynsync.yaml: there is no such file
        Try: run 'dynsync init' to write one, or name yours with --config
        """)
  }

  @Test(arguments: ["", "# nothing but a comment\n", "{}"])
  func `an empty file is told as such`(yaml: String) {
    #expect(
      SampleConfiguration.complaint(of: yaml) == """
        Error: dynsync.yaml: is empty
        Try: move it away and run 'dynsync init' to write a new one
        """)
  }

  @Test func `a problem with the configuration is wrong usage`() {
    #expect(CommandError(ConfigurationError(file: "f", reason: "r", mend: "m")).status == .usage)
  }
}
