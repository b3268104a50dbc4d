import Model
import Store

/// How things stand, for people and for programs.
struct StatusText {
  private let standing: Standing
  private let now: Instant

  init(_ standing: Standing, now: Instant) {
    self.standing = standing
    self.now = now
  }

  /// The facts, a row for each, and behind them one for each reason and each kind of error.
  var json: String {
    var table = ResultTable(standing.facts)
    for row in standing.backlogByReason.rows {
      table.rows.append([.text("backlog: \(Self.text(row[0]))"), .text(Self.text(row[1]))])
    }
    for row in standing.errorsByKind.rows {
      let name = "errors: \(Self.text(row[0])) by \(Self.text(row[1]))"
      table.rows.append([.text(name), .text(Self.text(row[2]))])
    }
    return OutputFormat.json.text(of: table)
  }

  /// Aligned tables, those that have no row left out.
  var forPeople: String {
    var facts = ResultTable(standing.facts)
    facts.rows = facts.rows.filter { $0[1] != .null || $0[0] == .text("exit code") }.map(aged)
    let parts = [
      ("What is left", standing.backlogByReason), ("Errors by kind", standing.errorsByKind),
      ("Left to do (the first 20)", standing.backlog), ("Errors (the first 20)", standing.errors),
    ]
    let tables = parts.filter { !$0.1.rows.isEmpty }.map { title, part in
      "\n\(title)\n\(OutputFormat.table.text(of: ResultTable(part)))"
    }
    return OutputFormat.table.text(of: facts) + tables.joined()
  }

  /// A fact with its age, where it is a moment that has passed.
  private func aged(_ row: [ResultTable.Cell]) -> [ResultTable.Cell] {
    guard case .text(let text) = row[1], let moment = Instant(text), moment <= now else {
      return row
    }
    return [row[0], .text("\(text) (\(TimeText.ago(moment, now: now)))")]
  }

  private static func text(_ cell: QueryResult.Cell) -> String {
    switch cell {
    case .null: ""
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    }
  }
}
