import ArgumentParser
import Store

/// Which rows of the log are shown.
struct LogFilterOptions: ParsableArguments {
  @Option(name: .customLong("run"), help: "Of this run alone: its number, or 'last'.")
  var runName: String?

  @Option(
    name: .customLong("action"),
    help: ArgumentHelp(
      "With this action alone; may be repeated. One of \(LogAction.names).", valueName: "action"))
  var actions: [LogAction] = []

  @Option(help: "Written to this side alone: dynamics or marketo.")
  var side: SideName?

  @Option(help: "Of this entity alone.")
  var entity: String?

  @Option(help: "Of this field alone, in either side's spelling.")
  var field: String?

  @Option(help: "From then on: \(TimeText.help).")
  var since: String?

  @Option(help: "Up to then; a day is the whole day.")
  var until: String?

  func validate() throws {
    if let runName, runName != "last", Int64(runName) == nil {
      throw ValidationError("'\(runName)' is no run; give its number, or 'last'")
    }
    for text in [since, until].compactMap(\.self) where !TimeText.isTime(text) {
      throw ValidationError(TimeText.complaint(text))
    }
  }
}

/// A side's name as an argument.
enum SideName: String, Sendable, CaseIterable, ExpressibleByArgument {
  case dynamics
  case marketo
}

extension LogAction: ExpressibleByArgument {
  /// Every action, in the order of the schema.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
