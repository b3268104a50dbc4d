/// One line of a file, its values by the columns' names.
struct ImportLine {
  let file: ImportFile
  let number: Int
  private let places: [String: Int]
  private let fields: [String]

  init(_ row: CSVReader.Row, of file: ImportFile, places: [String: Int]) {
    self.file = file
    number = row.line
    self.places = places
    fields = row.fields
  }

  /// What stands in a column without blanks around it; `nil` where nothing does.
  func text(_ column: String) -> String? {
    guard let place = places[column], place < fields.count else { return nil }
    let bare = fields[place].drop(while: \.isWhitespace)
    guard let end = bare.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    return String(bare[...end])
  }

  /// What stands in a column that may not be empty.
  func required(_ column: String) throws(ImportProblem) -> String {
    guard let text = text(column) else { throw problem("\(column) is empty", "fill it") }
    return text
  }

  /// A column's whole number.
  func whole(_ column: String) throws(ImportProblem) -> Int64? {
    guard let text = text(column) else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw problem("\(column) is no whole number", "write digits alone")
    }
    return number
  }

  /// A column's amount of money, exact to the cent and in units of ten to the power of `exponent`.
  func amount(_ column: String, exponent: Int = 0) throws(ImportProblem) -> String? {
    guard let text = text(column) else { return nil }
    guard let amount = ImportAmount.text(text, exponent: exponent) else {
      throw problem(
        "\(column) is no amount that is exact to the cent", "write it as 1100 or 1100.04")
    }
    return amount
  }

  /// A column's day.
  func day(_ column: String) throws(ImportProblem) -> String? {
    guard let text = text(column) else { return nil }
    guard let day = ImportDay.text(text) else {
      throw problem("\(column) is no day", "write it as DD-MM-YY, such as 20-10-16")
    }
    return day
  }

  /// Something that is wrong with the line.
  func problem(_ what: String, _ mend: String) -> ImportProblem {
    ImportProblem(file: file, line: number, what: what, mend: mend)
  }
}
