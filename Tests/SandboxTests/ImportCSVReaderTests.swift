import Testing

@testable import Sandbox

@Suite struct ImportCSVReaderTests {
  /// A text and the rows that it holds.
  struct Sample: Sendable {
    var text: String
    var rows: [CSVReader.Row]

    init(_ text: String, _ rows: [(Int, [String])]) {
      self.text = text
      self.rows = rows.map { CSVReader.Row(line: $0.0, fields: $0.1) }
    }
  }

  @Test(arguments: [
    Sample("", []),
    Sample("a,b", [(1, ["a", "b"])]),
    Sample("a,b\r\nc,d\r\n", [(1, ["a", "b"]), (2, ["c", "d"])]),
    Sample("a\nb\rc", [(1, ["a"]), (2, ["b"]), (3, ["c"])]),
    Sample("\u{FEFF}a,b\n", [(1, ["a", "b"])]),
    Sample(",\n", [(1, ["", ""])]),
    Sample("a\n\n\r\nb", [(1, ["a"]), (4, ["b"])]),
    Sample(#""a,b","c ""d""","""#, [(1, ["a,b", "c \"d\"", ""])]),
    Sample("\"a\r\nb\",c\nd,e", [(1, ["a\r\nb", "c"]), (3, ["d", "e"])]),
    Sample("Müller, 東京", [(1, ["Müller", " 東京"])]),
  ])
  func `rows are read as they are written`(_ sample: Sample) throws {
    #expect(try CSVReader.rows(of: Array(sample.text.utf8)) == sample.rows)
  }

  @Test(arguments: [
    ("a\nb,5\" pipe", 2, "a quote stands inside a field that does not begin with one"),
    ("a\n\"b\n\nc", 2, "a quoted field has no end"),
    ("\"a\nb\" c", 2, "text stands behind the quote that ends a field"),
  ])
  func `what is no row is told with its line`(_ text: String, _ line: Int, _ what: String) throws {
    let fault = try #require(throws: CSVReader.Fault.self) {
      try CSVReader.rows(of: Array(text.utf8))
    }

    #expect(fault.line == line)
    #expect(fault.what == what)
  }

  @Test func `text of another encoding is refused`() throws {
    #expect(
      throws: CSVReader.Fault(
        line: 2, what: "a field is not UTF-8 text", mend: "save the file as UTF-8")
    ) { try CSVReader.rows(of: Array("a\nM".utf8) + [0xFC] + Array("ller\n".utf8)) }
  }
}
