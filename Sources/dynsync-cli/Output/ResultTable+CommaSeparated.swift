extension ResultTable {
  /// Comma-separated values as RFC 4180 has them, with a header line.
  ///
  /// A null is an empty field, an empty text a quoted one.
  var commaSeparatedText: String {
    let header = columns.map(Self.field)
    let body = rows.map { $0.map(Self.field) }
    return ([header] + body).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ cell: Cell) -> String {
    if case .text(let text) = cell { field(text) } else { cell.plainText }
  }

  private static func field(_ text: String) -> String {
    let special: Set<Unicode.Scalar> = ["\"", ",", "\n", "\r"]
    let isSafe = !text.isEmpty && !text.unicodeScalars.contains(where: special.contains)
    return isSafe ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
