import ArgumentParser
import Foundation

/// Writes a first configuration and makes the database.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write dynsync.yaml with a default field map, and make the database.",
    discussion: """
      The file is written for people: each section says what it is. It is never
      overwritten. The database, dynsync.db, is made beside it; one that is there
      already keeps all it holds and gets the steps of the schema that it lacks.

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
    try makeDatabase()
    Console.note("Next: \(template.nextStep)")
  }

  private func makeDatabase() throws {
    let folder = FilePlace.folder(of: location.config)
    let path = FilePlace.path(ConfigurationTemplate.database, from: folder)
    let isNew = !FileManager.default.fileExists(atPath: path)
    _ = try SchemaUpdate.carryOut(at: path)
    Console.result(isNew ? "\(path) made" : "\(path) was there already and is up to date")
  }
}
