extension ResultTable {
  /// Aligned columns for people; numbers stand at the right, a null is empty.
  var alignedText: String {
    let header = columns.map(DisplayText.visible)
    let body = rows.map { $0.map { DisplayText.visible($0.plainText) } }
    let widths = header.indices.map { column in
      ([header] + body).map { DisplayText.width($0[column]) }.max() ?? 0
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    let alignments = header.indices.map(alignment)
    return ([header, rule] + body).map { line($0, widths: widths, alignments: alignments) }.joined()
  }

  private enum Alignment {
    case left
    case right
  }

  private func alignment(of column: Int) -> Alignment {
    let cells = rows.map { $0[column] }.filter { $0 != .null }
    return !cells.isEmpty && cells.allSatisfy(\.isNumber) ? .right : .left
  }

  private func line(_ cells: [String], widths: [Int], alignments: [Alignment]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      if column > 0 { line += "  " }
      let padding = String(repeating: " ", count: widths[column] - DisplayText.width(cell))
      line += alignments[column] == .left ? cell + padding : padding + cell
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
