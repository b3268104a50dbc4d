/// One file's lines, with what is wrong with them.
struct ImportTable {
  private(set) var lines: [ImportLine] = []
  private(set) var problems: [ImportProblem] = []

  init(_ file: ImportFile, _ bytes: [UInt8]) {
    do throws(CSVReader.Fault) {
      var rows = try CSVReader.rows(of: bytes)[...]
      guard let header = rows.first else {
        problems = [ImportProblem(file: file, line: nil, what: "it is empty", mend: "remove it")]
        return
      }
      var width = file.columns.count
      var places = Dictionary(uniqueKeysWithValues: zip(file.columns, 0...))
      if Self.isHeader(header, of: file) {
        rows = rows.dropFirst()
        width = header.fields.count
        if !file.goesByPlace { places = readPlaces(file, header) }
      }
      if problems.isEmpty { read(file, rows, places, width: width) }
    } catch {
      problems = [
        ImportProblem(file: file, line: error.line, what: error.what, mend: error.mend)
      ]
    }
  }

  private static func isHeader(_ row: CSVReader.Row, of file: ImportFile) -> Bool {
    guard file.goesByPlace, let last = file.columns.last else { return true }
    return row.fields.dropFirst(file.columns.count - 1).first.map(name) == last
  }

  /// A column's name as it is compared.
  private static func name(_ text: String) -> String {
    text.filter { !$0.isWhitespace }.lowercased()
  }

  private mutating func readPlaces(_ file: ImportFile, _ header: CSVReader.Row) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, field) in header.fields.enumerated() {
      let column = Self.name(field)
      guard places.updateValue(place, forKey: column) != nil, file.columns.contains(column) else {
        continue
      }
      problems.append(
        ImportProblem(
          file: file, line: header.line, what: "the column \(column) is there twice",
          mend: "rename one of them"))
    }
    for column in file.columns where places[column] == nil {
      problems.append(
        ImportProblem(
          file: file, line: header.line, what: "the column \(column) is missing",
          mend: "add it; its fields may be empty, and commas stand between columns"))
    }
    return places
  }

  private mutating func read(
    _ file: ImportFile, _ rows: ArraySlice<CSVReader.Row>, _ places: [String: Int], width: Int
  ) {
    for row in rows {
      let line = ImportLine(row, of: file, places: places)
      if row.fields.count == width {
        lines.append(line)
      } else {
        problems.append(
          line.problem(
            "there are \(row.fields.count) fields where there should be \(width)",
            "put a field that holds a comma or a line end in quotes"))
      }
    }
  }
}
