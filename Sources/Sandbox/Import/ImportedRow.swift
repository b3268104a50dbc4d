/// A row that an import adds, and where it comes from.
struct ImportedRow: Hashable, Sendable {
  /// The end of an opportunity.
  struct Closing: Hashable, Sendable {
    var isWon: Bool
    /// A decimal number.
    var amount: String
    /// A day such as `2017-03-01`.
    var day: String
  }

  /// The row as it is created.
  var row: SampleRow
  /// How an opportunity ended: none is created in a state other than open.
  var closing: Closing?
  var file: ImportFile
  var line: Int

  /// A row with the id that always belongs to its table and key; `nil` values are left out.
  init(_ table: String, key: String, from line: ImportLine, _ values: [String: SandboxValue?]) {
    row = SampleRow(
      table: table, id: Self.id(table, key), values: values.compactMapValues { $0 })
    file = line.file
    self.line = line.number
  }

  /// The id that always belongs to a table and a key.
  static func id(_ table: String, _ key: String) -> String {
    SampleRandom.guid(named: "import/\(table)/\(key)")
  }
}
