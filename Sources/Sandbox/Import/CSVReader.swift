/// Reads comma-separated values as RFC 4180 has them, and tells the line of every row.
///
/// Fields may be in double quotes, where a quote is written twice and commas and line ends are
/// text. Lines end with CRLF, LF or CR; a byte order mark is passed over, and so are empty lines.
/// The text is UTF-8.
struct CSVReader {
  /// One row of fields.
  struct Row: Hashable {
    /// The number of the line on which the row begins, from 1.
    var line: Int
    var fields: [String]
  }

  /// A place where the text is no comma-separated values.
  struct Fault: Error, Hashable {
    var line: Int
    var what: String
    var mend: String
  }

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// Every row of a file; throws at the first place that cannot be read.
  static func rows(of bytes: [UInt8]) throws(Fault) -> [Row] {
    var reader = CSVReader(bytes)
    var rows: [Row] = []
    while let row = try reader.row() { rows.append(row) }
    return rows
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func row() throws(Fault) -> Row? {
    while passLineEnd() {}
    guard byte != nil else { return nil }
    var row = Row(line: line, fields: [try field()])
    while byte == Self.comma {
      place += 1
      row.fields.append(try field())
    }
    _ = passLineEnd()
    return row
  }

  private mutating func field() throws(Fault) -> String {
    if byte == Self.quote { return try quotedField() }
    let start = place
    while let byte, byte != Self.comma, !Self.isLineEnd(byte) {
      guard byte != Self.quote else {
        throw Fault(
          line: line, what: "a quote stands inside a field that does not begin with one",
          mend: "put the field in quotes and write the quote twice")
      }
      place += 1
    }
    return try text(bytes[start..<place])
  }

  /// Reads from an opening quote to what follows the closing one.
  private mutating func quotedField() throws(Fault) -> String {
    let opening = line
    var content: [UInt8] = []
    place += 1
    while let byte {
      if byte == Self.quote {
        place += 1
        guard self.byte == Self.quote else { return try closed(content) }
      }
      if Self.isLineEnd(byte) {
        let start = place
        _ = passLineEnd()
        content += bytes[start..<place]
      } else {
        content.append(byte)
        place += 1
      }
    }
    throw Fault(line: opening, what: "a quoted field has no end", mend: "close the quote")
  }

  private func closed(_ content: [UInt8]) throws(Fault) -> String {
    if let byte, byte != Self.comma, !Self.isLineEnd(byte) {
      throw Fault(
        line: line, what: "text stands behind the quote that ends a field",
        mend: "write a quote inside a quoted field twice")
    }
    return try text(content[...])
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(Fault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(line: line, what: "a field is not UTF-8 text", mend: "save the file as UTF-8")
    }
    return text
  }

  /// Passes over one line end; false where there is none.
  private mutating func passLineEnd() -> Bool {
    guard let byte, Self.isLineEnd(byte) else { return false }
    place += 1
    if byte == Self.carriageReturn, self.byte == Self.lineFeed { place += 1 }
    line += 1
    return true
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let lineFeed = UInt8(ascii: "\n")

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == lineFeed || byte == carriageReturn
  }
}
