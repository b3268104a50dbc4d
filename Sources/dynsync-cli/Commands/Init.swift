import ArgumentParser
import Foundation
import Model
import Store

/// Writes a first configuration and makes the database.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write dynsync.yaml with a default field map, and make the database.",
    discussion: """
      The file is written for people: each section says what it is. It is never
      overwritten. The database, dynsync.db, is made beside it; one that is there
      already keeps all it holds and gets the steps of the schema that it lacks.

      With --provision the file must be there: it is read, and Marketo gets what
      it lacks for it: the fields of persons that carry the link, the custom
      objects of custom entities, and with marketo.log_activities the activity by
      which outcomes are told. Nothing that stands there is changed; what was
      made can be hidden later, but not deleted.

      EXAMPLES
        dynsync init
        dynsync init --sandbox
        dynsync init --provision
        dynsync init --config crm/dynsync.yaml
      """)

  @Flag(help: "Point it at the sandbox on this machine instead of real services.")
  var sandbox = false

  @Flag(help: "Make in Marketo what the configuration needs and is not there.")
  var provision = false

  @OptionGroup var location: ConfigurationOption
  @OptionGroup var logging: LogOptions

  func validate() throws {
    if sandbox, provision {
      throw ValidationError("--sandbox writes the file that --provision reads; run init twice")
    }
  }

  func run() async throws {
    if provision { return try await makeInMarketo() }
    let template = ConfigurationTemplate(sandbox ? .sandbox : .services)
    try template.write(to: location.config)
    Console.result("\(location.config) written")
    let folder = FilePlace.folder(of: location.config)
    let database = FilePlace.path(ConfigurationTemplate.database, from: folder)
    let isNew = !FileManager.default.fileExists(atPath: database)
    _ = try SchemaUpdate.carryOut(at: database)
    Console.result(isNew ? "\(database) made" : "\(database) was there already and is up to date")
    Console.note("Next: \(template.nextStep)")
  }

  private func makeInMarketo() async throws {
    let configuration = try location.load()
    let wiring = RunWiring(configuration, log: logging.logger)
    let made = try await wiring.use { wiring in
      let lock = try RunLock(besides: configuration.database)
      defer { _ = lock }
      let store = try Store(path: configuration.database)
      try store.migrate()
      let provisioning = Provisioning(
        rules: wiring.rules, dynamics: try wiring.dynamicsConnector(),
        marketo: try wiring.marketoConnector())
      for side in Side.allCases { store.dropDocuments(of: side) }
      return try await provisioning.carryOut(
        known: try [.dynamics, .marketo].compactMap(store.peer))
    }
    for name in made { Console.result("Marketo: \(name) made") }
    if made.isEmpty { Console.result("Marketo has all that dynsync needs") }
  }
}
