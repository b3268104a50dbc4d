import GRDB

extension SandboxState {
  /// Fills the Dynamics half with an organisation, through the service's own rules.
  ///
  /// All of it or, where the service refuses a row, nothing: an ``ImportError`` then names every
  /// line that was refused. A row that stands already is left as it is, whatever it holds now.
  public func add(
    _ organisation: ImportedOrganisation, now: @escaping @Sendable () -> Int64
  ) throws -> ImportSummary {
    try database.write { db in
      let rows = DynamicsRows(db: db, now: now())
      let caller = DynamicsCaller(user: DynamicsBootstrap.applicationUserID)
      var adding = ImportAdding(rows: rows, caller: caller)
      for row in organisation.rows { try adding.add(row) }
      guard adding.problems.isEmpty else { throw ImportError.problems(adding.problems) }
      return adding.summary
    }
  }
}

/// Adds rows one after the other and keeps count.
private struct ImportAdding {
  private(set) var summary = ImportSummary()
  private(set) var problems: [ImportProblem] = []
  private let rows: DynamicsRows
  private let seeding: DynamicsSeeding
  /// The rows that were refused; what points at them is not tried.
  private var refused: Set<SandboxValue> = []

  init(rows: DynamicsRows, caller: DynamicsCaller) {
    self.rows = rows
    seeding = DynamicsSeeding(DynamicsSession(rows: rows, caller: caller, base: ""))
  }

  mutating func add(_ imported: ImportedRow) throws {
    let row = imported.row
    if let table = DynamicsCatalogue.table(row.table), try rows.version(table, row.id) != nil {
      summary.standing[row.table, default: 0] += 1
      return
    }
    guard refused.isDisjoint(with: row.values.values) else { return }
    do {
      try seeding.insert(table: row.table, id: row.id, values: row.values)
      if let closing = imported.closing {
        try seeding.close(
          opportunity: row.id, isWon: closing.isWon, revenue: closing.amount, on: closing.day)
      }
      summary.added[row.table, default: 0] += 1
    } catch let error as DynamicsSeedingError {
      refused.insert(row.reference)
      problems.append(
        ImportProblem(
          file: imported.file, line: imported.line, what: "refused by \(error)",
          mend: "change the line"))
    }
  }
}
