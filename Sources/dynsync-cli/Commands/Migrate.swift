import ArgumentParser

/// Brings the database's schema up to date.
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database's schema up to date.",
    discussion: """
      Tells the steps that it applied; with nothing to do it says so. 'init' and
      'run' do the same by themselves.

      EXAMPLES
        dynsync migrate
      """)

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let path = try location.load().database
    let applied = try SchemaUpdate.carryOut(at: path)
    for step in applied { Console.result("applied \(step)") }
    Console.result(applied.isEmpty ? "\(path) is up to date" : "\(path) is up to date now")
  }
}
