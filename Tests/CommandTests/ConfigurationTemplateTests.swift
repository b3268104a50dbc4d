import Foundation
import Model
import Testing
import Transport

@testable import dynsync_cli

@Suite struct ConfigurationTemplateTests {
  @Test(arguments: ConfigurationTemplate.Target.allCases)
  func `every template is a valid configuration of all entities`(
    target: ConfigurationTemplate.Target
  ) throws {
    let configuration = try SampleConfiguration.parse(ConfigurationTemplate(target).yaml)

    let counts = configuration.rules.entities.map { "\($0.entity) \($0.pairs.count)" }
    let known = ["user 5", "team 2", "account 13", "lead 22", "contact 17", "opportunity 4"]
    #expect(counts == known + (target == .sandbox ? ["subscription 5"] : []))
    #expect(configuration.rules.match == [.key, .email])
    #expect(configuration.rules.limits == Limits())
    #expect(configuration.warnings == [])
  }

  @Test func `the sandbox template needs nothing from the environment`() throws {
    let configuration = try Configuration.parse(
      ConfigurationTemplate(.sandbox).yaml, file: "dynsync.yaml", environment: [:])

    #expect(
      configuration.dynamics
        == DynamicsAccess(
          url: try ServiceAddress("http://127.0.0.1:8365"),
          login: .clientCredentials(
            tenant: "sandbox", clientID: "sandbox", clientSecret: Secret("sandbox")),
          tokenURL: try ServiceAddress("http://127.0.0.1:8365/sandbox/oauth2/v2.0/token"),
          serverTimeout: .seconds(180)))
    #expect(
      configuration.marketo
        == MarketoAccess(
          url: try ServiceAddress("http://127.0.0.1:8365"),
          clientID: "sandbox",
          clientSecret: Secret("sandbox"), personKey: "dynamicsId", logActivities: false,
          serverTimeout: .seconds(120)))
  }

  @Test func `the custom entity that the template shows for real services can be filled in`() throws
  {
    let lines = ConfigurationTemplate(.services).yaml.split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "  # subscription:"))
    let yaml = lines[..<start] + lines[start...].map { $0.replacing("  # ", with: "  ") }

    let configuration = try SampleConfiguration.parse(yaml.joined(separator: "\n"))

    #expect(configuration.rules.entities.last?.entity == Entity(rawValue: "subscription"))
  }

  @Test func `init writes the template and says what comes next`() throws {
    let folder = try TemporaryFolder()
    let template = ConfigurationTemplate(.services)

    try template.write(to: "\(folder.path)/dynsync.yaml")

    #expect(try folder.text(of: "dynsync.yaml") == template.yaml)
    #expect(
      template.nextStep
        == "fill in the two addresses and client ids, set DYNAMICS_CLIENT_SECRET and "
        + "MARKETO_CLIENT_SECRET, then run 'dynsync init --provision'")
  }

  @Test func `init overwrites nothing`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("mine", to: "dynsync.yaml")

    let error = #expect(throws: CommandError.self) {
      try ConfigurationTemplate(.sandbox).write(to: path)
    }

    #expect(try folder.text(of: "dynsync.yaml") == "mine")
    #expect(
      error
        == CommandError(
          .usage, "\(path) is there already, and init overwrites nothing",
          mend: "edit it, or move it away first: mv \(path) \(path).old"))
  }

  @Test func `init says when the file cannot be written`() {
    let error = #expect(throws: CommandError.self) {
      try ConfigurationTemplate(.sandbox).write(to: "/nowhere/dynsync.yaml")
    }

    #expect(
      error
        == CommandError(
          .failed, "/nowhere/dynsync.yaml cannot be written",
          mend: "look at the folder's rights and free space"))
  }
}
