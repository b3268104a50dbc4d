import Store

extension ResultTable {
  /// The causes of the error list, for scripts.
  init(_ causes: [ErrorCause]) {
    self.init(
      columns: [
        "side", "kind", "code", "field", "message", "entities", "count", "given_up", "first_at",
        "last_at", "next_try_at", "example_dynamics_id", "example_marketo_id", "request_id", "mend",
      ],
      rows: causes.map { cause in
        [
          .text(cause.side), .text(cause.kind), Cell(cause.code), Cell(cause.field),
          .text(cause.message), .text(cause.entities.joined(separator: ",")),
          .integer(Int64(cause.count)), .integer(Int64(cause.givenUp)), .text(cause.firstAt),
          .text(cause.lastAt), Cell(cause.nextTry), .text(cause.example.dynamicsID),
          Cell(cause.example.marketoID), Cell(cause.example.requestID),
          Cell(Mend.text(side: cause.side, kind: cause.kind, code: cause.code)),
        ]
      })
  }

  /// The entries of the error list, for scripts.
  init(_ errors: [ListedError]) {
    self.init(
      columns: [
        "entity", "dynamics_id", "marketo_id", "side", "kind", "field", "code", "message",
        "candidates", "tries", "first_at", "last_at", "retry_at", "request_id", "mend",
      ],
      rows: errors.map { error in
        [
          .text(error.entity), .text(error.dynamicsID), Cell(error.marketoID), .text(error.side),
          .text(error.kind), Cell(error.field), Cell(error.code), .text(error.message),
          Cell(error.candidates), .integer(Int64(error.tries)), .text(error.firstAt),
          .text(error.lastAt), Cell(error.retryAt), Cell(error.requestID),
          Cell(Mend.text(side: error.side, kind: error.kind, code: error.code)),
        ]
      })
  }
}

extension ResultTable.Cell {
  /// A text, or `null`.
  fileprivate init(_ text: String?) { self = text.map(Self.text) ?? .null }
}
