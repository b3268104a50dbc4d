import ArgumentParser
import Foundation

/// Writes a first configuration.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write dynsync.yaml with a default field map.",
    discussion: """
      The file is written for people: each section says what it is. It is never overwritten.

      EXAMPLES
        dynsync init
        dynsync init --sandbox
        dynsync init --config crm/dynsync.yaml
      """)

  @Flag(help: "Point it at the sandbox on this machine instead of real services.")
  var sandbox = false

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let template = ConfigurationTemplate(sandbox ? .sandbox : .services)
    try template.write(to: location.config)
    Console.result("\(location.config) written")
    Console.note("Next: \(template.nextStep)")
  }
}
