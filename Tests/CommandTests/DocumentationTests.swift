import ArgumentParser
import Testing

@testable import dynsync_cli

@Suite(.serialized) struct DocumentationTests {
  @Test(arguments: CommandPath.all)
  func `the help of each command is in the documentation`(command: CommandPath) throws {
    try expect(
      "help: \(command.words)", in: "cli.md",
      toBe: "\n```\n\(Dynsync.helpMessage(for: command.type, columns: 80))\n```\n")
  }

  @Test func `every key of the configuration is in the documentation`() throws {
    let rows = ConfigurationKey.all.map { key in
      "| `\(key.path)` | \(key.need.words) | `\(key.example)` | \(key.meaning) |\n"
    }

    try expect(
      "keys", in: "configuration.md",
      toBe: "\n| key | default | example | meaning |\n|---|---|---|---|\n\(rows.joined())")
  }

  @Test func `the reader knows no key but the documented ones`() {
    let names = Set(ConfigurationKey.all.map(\.path))

    #expect(names.count == ConfigurationKey.all.count)
    for key in ConfigurationKey.all where !key.section.isEmpty {
      #expect(names.contains(key.section), "\(key.path) stands in no section")
    }
  }

  private func expect(_ name: String, in page: String, toBe content: String) throws {
    var page = try DocumentationPage(page)
    if DocumentationPage.isUpdating { try page.replace(name, with: content) }
    #expect(page.part(name) == content, "UPDATE_DOCS=1 swift test rewrites the page")
  }
}

/// A command with the words that call it.
struct CommandPath: Sendable, CustomTestStringConvertible {
  var words: String
  var type: any ParsableCommand.Type

  var testDescription: String { words }

  /// The program itself and every command below it.
  static var all: [CommandPath] { below(CommandPath(words: "dynsync", type: Dynsync.self)) }

  private static func below(_ command: CommandPath) -> [CommandPath] {
    [command]
      + command.type.configuration.subcommands.flatMap { type in
        let name = type._commandName
        let words = command.words == "dynsync" ? name : "\(command.words) \(name)"
        return below(CommandPath(words: words, type: type))
      }
  }
}

extension ConfigurationKey.Need {
  /// How the documentation tells it.
  fileprivate var words: String {
    switch self {
    case .required: "required"
    case .requiredIf(let condition): "required if \(condition)"
    case .otherwise(let value): value
    }
  }
}
