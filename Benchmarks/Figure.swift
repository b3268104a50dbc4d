import Foundation

/// One line of the report: what dynsync reaches, the raw limit of the same run, and the mark.
struct Figure: Sendable {
  var what: String
  var reached: String
  /// What the machine can do, measured in the same run; empty where nothing is to be compared.
  var limit = ""
  /// Reached over limit; `nil` where there is no limit.
  var ratio: Double?
  /// What is asked for, in words; empty where nothing is.
  var mark = ""
  /// `nil` where there is no mark.
  var isMet: Bool?

  static let heading = row(["what", "dynsync", "raw limit", "ratio", "mark", ""])

  var line: String {
    let share = ratio.map { "\(Self.number($0 * 100)) %" } ?? ""
    return Self.row([what, reached, limit, share, mark, isMet.map { $0 ? "ok" : "short" } ?? ""])
  }

  private static func row(_ cells: [String]) -> String {
    zip(cells, [46, 22, 22, 7, 16, 5]).map { cell, width in
      cell + String(repeating: " ", count: max(1, width - cell.count))
    }.joined()
  }
}

extension Figure {
  /// A number with a separator for thousands; `–` for what was too short to be measured.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    var digits = String(Int(value.rounded()))
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = String(digits.dropLast(3))
    }
    return ([Substring(digits)] + groups).joined(separator: ",")
  }

  /// A time in milliseconds with one decimal.
  static func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 10_000).rounded() / 10) ms"
  }
}
