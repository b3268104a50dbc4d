import Store

extension ResultTable {
  /// Rows of the log under the names of its columns, and what became of each write.
  init(_ lines: [LogLine]) {
    self.init(
      columns: [
        "seq", "run_id", "at", "entity", "dynamics_id", "marketo_id", "action", "side", "field",
        "dynamics_base", "dynamics_value", "marketo_base", "marketo_value", "written_value",
        "winner", "rule", "operation_id", "operation_status", "stored_value", "error_code",
        "request_id", "message",
      ],
      rows: lines.map { line in
        [
          .integer(line.seq), .integer(line.run), .text(line.at), .text(line.entity),
          Cell(line.dynamicsID), Cell(line.marketoID), .text(line.action), Cell(line.side),
          Cell(line.field), Cell(line.dynamicsBase), Cell(line.dynamicsValue),
          Cell(line.marketoBase), Cell(line.marketoValue), Cell(line.written), Cell(line.winner),
          Cell(line.rule), line.operation.map(Cell.integer) ?? .null, Cell(line.operationStatus),
          Cell(line.stored), Cell(line.errorCode), Cell(line.requestID), Cell(line.message),
        ]
      })
  }
}

extension ResultTable.Cell {
  fileprivate init(_ text: String?) { self = text.map(Self.text) ?? .null }
}
