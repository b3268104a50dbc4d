import Model

/// The pairs of fields as rows to be printed.
enum FieldTable {
  /// One row a pair, in their order.
  static func table(of fields: [SurveyedField]) -> ResultTable {
    ResultTable(
      columns: [
        "entity", "dynamics", "dynamics_type", "marketo", "marketo_type", "direction", "winner",
        "dynamics_told", "marketo_told", "stopped",
      ],
      rows: fields.map { field in
        [
          field.entity.rawValue, field.pair.sourceName, field.dynamics?.type.rawValue,
          field.pair.marketo.rawValue, field.marketo?.type.rawValue,
          field.pair.direction.rawValue, field.winner.rawValue, field.dynamicsTold?.rawValue,
          field.marketoTold?.rawValue, field.stopped,
        ].map { $0.map(ResultTable.Cell.text) ?? .null }
      })
  }
}
