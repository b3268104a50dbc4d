import ArgumentParser

/// The commands around the pairs of fields.
struct Fields: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how fields are kept in step.",
    subcommands: [FieldsList.self])
}
