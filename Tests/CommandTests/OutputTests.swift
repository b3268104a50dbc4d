import Testing

@testable import dynsync_cli

@Suite struct OutputTests {
  static let table = ResultTable(
    columns: ["name", "count", "share"],
    rows: [
      [.text("Ann"), .integer(3), .real(0.5)],
      [.text("山田 🎉"), .null, .real(12.25)],
      [.text("a \"b\", c"), .integer(1200), .null],
      [.text("two\nlines"), .integer(-1), .null],
      [.text(""), .null, .null],
    ])

  @Test func `a table has aligned columns, whatever the script`() {
    #expect(
      OutputFormat.table.text(of: Self.table) == """
        name       count  share
        ---------  -----  -----
        Ann            3    0.5
        山田 🎉           12.25
        a "b", c    1200
        two␊lines     -1


        """)
  }

  @Test func `comma-separated values tell an empty text from none`() {
    #expect(
      OutputFormat.csv.text(of: Self.table)
        == "name,count,share\r\nAnn,3,0.5\r\n山田 🎉,,12.25\r\n\"a \"\"b\"\", c\",1200,\r\n"
        + "\"two\nlines\",-1,\r\n\"\",,\r\n")
  }

  @Test func `JSON has one object a row`() {
    #expect(
      OutputFormat.json.text(of: Self.table) == """
        [
        {"name":"Ann","count":3,"share":0.5},
        {"name":"山田 🎉","count":null,"share":12.25},
        {"name":"a \\"b\\", c","count":1200,"share":null},
        {"name":"two\\nlines","count":-1,"share":null},
        {"name":"","count":null,"share":null}
        ]

        """)
  }

  @Test func `a result without rows is still a result`() {
    let empty = ResultTable(columns: ["id", "title"], rows: [])

    #expect(
      OutputFormat.allCases.map { $0.text(of: empty) } == [
        "id  title\n--  -----\n", "id,title\r\n", "[]\n",
      ])
  }

  @Test func `JSON hides no column behind another of the same name`() {
    let twice = ResultTable(
      columns: ["a", "a", "a_2"], rows: [[.integer(1), .integer(2), .integer(3)]])

    #expect(OutputFormat.json.text(of: twice) == "[\n{\"a\":1,\"a_2\":2,\"a_2_2\":3}\n]\n")
  }

  @Test func `JSON stays JSON whatever a value holds`() {
    let odd = ResultTable(columns: ["v"], rows: [[.text("\u{1}\\\t")], [.real(.infinity)]])

    #expect(
      OutputFormat.json.text(of: odd) == "[\n{\"v\":\"\\u0001\\\\\\t\"},\n{\"v\":null}\n]\n")
  }

  @Test func `a value gives the terminal no orders`() {
    #expect(DisplayText.visible("\u{1b}[2Jgone\u{9b}1m") == "␛[2Jgone\u{fffd}1m")
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한", 2), ("👩‍👩‍👧", 2), ("❤️", 2), ("", 0),
    ("ｱ", 1),
  ])
  func `a text is as wide as a terminal shows it`(text: String, width: Int) {
    #expect(DisplayText.width(text) == width)
  }
}
