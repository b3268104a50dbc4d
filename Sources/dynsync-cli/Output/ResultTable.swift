/// Rows of named columns: what a query or a report gives to be printed.
struct ResultTable: Hashable, Sendable {
  var columns: [String]
  /// Each row has one cell a column.
  var rows: [[Cell]]

  /// One value, in the types that SQLite has for text and numbers.
  enum Cell: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    /// The value as plain text; nothing for `null`.
    var plainText: String {
      switch self {
      case .null: ""
      case .integer(let number): String(number)
      case .real(let number): String(number)
      case .text(let text): text
      }
    }

    var isNumber: Bool {
      switch self {
      case .integer, .real: true
      case .null, .text: false
      }
    }
  }
}
