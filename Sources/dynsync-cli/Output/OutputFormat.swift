import ArgumentParser

/// How a result is printed.
enum OutputFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
  case table
  case csv
  case json

  /// The whole text of `table`, its last line end included.
  func text(of table: ResultTable) -> String {
    switch self {
    case .table: table.alignedText
    case .csv: table.commaSeparatedText
    case .json: table.jsonText
    }
  }
}
