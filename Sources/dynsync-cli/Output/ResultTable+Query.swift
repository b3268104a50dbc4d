import Store

extension ResultTable {
  /// What a query answered, to be printed.
  init(_ result: QueryResult) {
    self.init(
      columns: result.columns,
      rows: result.rows.map { row in
        row.map { cell in
          switch cell {
          case .null: .null
          case .integer(let number): .integer(number)
          case .real(let number): .real(number)
          case .text(let text): .text(text)
          }
        }
      })
  }
}
