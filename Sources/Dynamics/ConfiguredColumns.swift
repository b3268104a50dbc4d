import Model

extension Table {
  /// Checks the columns that the configuration names beside the fields.
  ///
  /// Throws ``ServiceError/Kind/schema(_:)`` where one is missing, or of a type that cannot say what
  /// it is configured for: going on without a filter would let in what was to be left out.
  func check(_ settings: TableSettings, attempt: String) throws {
    if let name = settings.parentColumn {
      try check(
        name, attempt, kind: "look-up",
        mend: "name a look-up to a contact, a lead or an account, by its logical name"
      ) { $0.isLookup }
    }
    if let name = settings.filterColumn {
      try check(
        name, attempt, kind: "two-option column",
        mend: "name a two-option column in 'filter', by its logical name"
      ) { $0 == .boolean }
    }
  }

  private func check(
    _ name: String, _ attempt: String, kind: String, mend: String,
    isFit: (ColumnType) -> Bool
  ) throws {
    let column = columns[name]
    if let column, isFit(column.type) { return }
    let reason =
      column == nil
      ? "the table \(logicalName) has no column '\(name)'"
      : "the column '\(name)' of \(logicalName) is no \(kind)"
    throw ServiceError(
      .schema(FieldName(name)), side: .dynamics, attempt: attempt, reason: reason, mend: mend)
  }
}
