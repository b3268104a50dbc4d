/// How stored values look on the wire and to people.
enum DynamicsPrinting {
  /// Appends a stored value as JSON.
  static func write(_ cell: DynamicsCell, of column: DynamicsColumn, to output: inout [UInt8]) {
    switch (cell, column.kind) {
    case (.null, _): output += "null".utf8
    case (.text(let text), _): DynamicsJSON.write(text, to: &output)
    case (.integer(let value), .boolean): output += (value == 0 ? "false" : "true").utf8
    case (.integer(let value), .money):
      output += DynamicsDecimal.text(value, scale: DynamicsDecimal.moneyScale).utf8
    case (.integer(let value), .decimal(let scale, _)):
      output += DynamicsDecimal.text(value, scale: scale).utf8
    case (.integer(let value), _): output += String(value).utf8
    case (.real(let value), _): output += String(value).utf8
    }
  }

  /// The value as a person in the United States reads it; nil where none is given for the type.
  static func label(
    _ cell: DynamicsCell, of column: DynamicsColumn, in table: DynamicsTable
  ) -> String? {
    switch (cell, column.kind) {
    case (.integer(let value), .boolean(let no, let yes, _)): value == 0 ? no : yes
    case (.integer(let value), .option(let options)): options.first { $0.value == value }?.label
    case (.integer(let value), .state): table.states.first { $0.value == value }?.label
    case (.integer(let value), .status):
      table.states.flatMap(\.statuses).first { $0.value == value }?.label
    case (.integer(let value), .money): amount(value)
    case (.integer(let value), .decimal(let scale, _)):
      grouped(DynamicsDecimal.text(value, scale: scale))
    case (.integer(let value), _): grouped(String(value))
    case (.real(let value), _): grouped(String(value))
    case (.text(let text), .moment): DynamicsInstant.formatted(text)
    case (.text(let text), .options(let options)):
      text.split(separator: ",").compactMap { piece in
        options.first { String($0.value) == piece }?.label
      }.joined(separator: "; ")
    default: nil
    }
  }

  private static func amount(_ value: Int64) -> String {
    let text = grouped(String(DynamicsDecimal.text(abs(value), scale: 4).dropLast(2)))
    return value < 0 ? "($\(text))" : "$\(text)"
  }

  private static func grouped(_ number: String) -> String {
    let pieces = number.split(separator: ".", maxSplits: 1)
    let digits = Array(pieces[0].drop { $0 == "-" })
    var whole = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { whole += "," }
      whole.append(digit)
    }
    let sign = number.hasPrefix("-") ? "-" : ""
    return sign + whole + (pieces.count > 1 ? "." + pieces[1] : "")
  }
}
