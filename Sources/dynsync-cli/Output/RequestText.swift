import Model
import Store
import Sync

/// What became of the persons whom `sync-person` names: a line each, and the status for the shell.
enum RequestText {
  /// One line without a line end.
  static func line(of outcome: RequestOutcome) -> String {
    "person \(outcome.person.text): \(words(outcome))"
  }

  /// How refused requests are made again, a line for each kind of record.
  static func again(_ requests: [RefusedRequest]) -> [String] {
    Dictionary(grouping: requests, by: \.entity).sorted { $0.key.rawValue < $1.key.rawValue }.map {
      let persons = $1.map(\.person).joined(separator: " ")
      return "refused on request: run 'dynsync sync-person \(persons) --as \($0)' again"
    }
  }

  /// The status of a run that was asked for so many persons.
  ///
  /// What can be gone on with weighs more than what was wrongly asked for.
  static func status(of report: RunReport, asked: Int) -> ExitStatus {
    guard report.requests.count == asked, !report.wasStopped else { return .unfinished }
    let statuses = report.requests.map { status(of: $0.outcome) }
    return [.unfinished, .usage].first(where: statuses.contains) ?? .inStep
  }

  private static func words(_ outcome: RequestOutcome) -> String {
    switch outcome.outcome {
    case .created(let record): "\(outcome.entity) \(record.text) created"
    case .createdInPart(let record, let code, let message):
      DisplayText.visible(
        "\(outcome.entity) \(record.text) created, without a value that Dynamics refused: "
          + "\(message) (\(code))")
    case .linked(let entity, let record, let how):
      "linked to \(entity) \(record.text), which stood already (match by \(how.rawValue)); "
        + "no record was made"
    case .alreadyLinked(let entity, let record):
      "is linked already to \(entity) \(record.text); nothing was done"
    case .refused(let code, let message):
      DisplayText.visible("\(outcome.entity) refused by Dynamics: \(message) (\(code))")
    case .unknownPerson: "Marketo has no such person; nothing was done"
    case .waiting(let reason): "waits: \(reason)"
    }
  }

  private static func status(of outcome: RequestOutcome.Outcome) -> ExitStatus {
    switch outcome {
    case .created, .linked, .alreadyLinked: .inStep
    case .createdInPart, .refused, .waiting: .unfinished
    case .unknownPerson: .usage
    }
  }
}
