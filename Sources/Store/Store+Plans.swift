import GRDB
import Model

extension Store {
  /// Stores the plans of some records in one transaction.
  ///
  /// Bases of agreeing pairs move; operations become `planned`; a record without operations is clean
  /// again.
  public func record(
    _ plans: [RecordPlan], for entity: BoundEntity, run: Int64, at now: Instant
  ) throws {
    let stamp = Stamp(run: run, at: now)
    try write("store the plan of \(entity.entity) records") { db in
      for plan in plans {
        try agree(plan, stamp, db)
        var isPlanned = false
        for operation in plan.operations {
          isPlanned = try insert(operation, of: plan, stamp, db) || isPlanned
        }
        try recordDependencies(of: plan, stamp, db)
        try forgetMended(plan, db)
        try recordUnsettled(of: plan, stamp, db)
        try recordPauses(of: plan, stamp, db)
        for skipped in plan.skipped { try log(skipped, of: plan, stamp, db) }
        try endLink(of: plan, stamp, db)
        guard !isPlanned else { continue }
        if let change = plan.dynamicsChange {
          try Self.clearDirty(plan.dynamicsID, in: Mirror(entity.dynamics), change: change, db)
        }
        if let marketoID = plan.marketoID, let change = plan.marketoChange {
          try Self.clearDirty(marketoID, in: Mirror(entity.marketo), change: change, db)
        }
      }
    }
  }

  private func agree(_ plan: RecordPlan, _ stamp: Stamp, _ db: Database) throws {
    guard let link = plan.link, !plan.agreed.isEmpty else { return }
    try BaseTable.move(
      plan.agreed.map { ($0.pair, $0.dynamics.baseText, $0.marketo.baseText) },
      entity: plan.entity, link: link, db)
    for field in plan.agreed {
      guard let base = field.base else { continue }
      var entry = LogEntry(
        plan.entity, .agreed, dynamicsID: plan.dynamicsID, marketoID: plan.marketoID,
        rule: "both sides hold the same")
      entry.field = field.pair
      entry.dynamicsBase = base.dynamics.baseText
      entry.marketoBase = base.marketo.baseText
      entry.dynamicsValue = field.dynamics.canonicalText
      entry.marketoValue = field.marketo.canonicalText
      try Self.log(entry, stamp, db)
    }
  }

  /// Tells whether the operation is to be carried out: what another record is making, or has
  /// become, is not made again.
  private func insert(
    _ operation: PlannedOperation, of plan: RecordPlan, _ stamp: Stamp, _ db: Database
  ) throws -> Bool {
    let (action, key, version): (String, String?, String?) =
      switch operation.action {
      case .create(let key): ("create", key, nil)
      case .update(let version): ("update", nil, version)
      case .delete: ("delete", nil, nil)
      }
    if let key, operation.side == .marketo, try isTaken(key, db) {
      try log(
        SkippedField(pair: "", side: .marketo, rule: "another record stands for '\(key)'"),
        of: plan,
        stamp, db)
      return false
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO operation (run_id, entity, dynamics_id, marketo_id, side, action, create_key,
          if_version, status, dynamics_change, marketo_change)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?)
        """
    ).execute(arguments: [
      stamp.run, plan.entity.rawValue, plan.dynamicsID, plan.marketoID, operation.side.rawValue,
      action, key, version, plan.dynamicsChange, plan.marketoChange,
    ])
    let id = db.lastInsertedRowID
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO operation_field (operation_id, pair, field, source_value, sent_value,
          predicted_value, value_before, dynamics_base, marketo_base, action, winner, rule,
          origin)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for field in operation.fields {
      try statement.execute(arguments: [
        id, field.pair, field.field.rawValue, field.source.canonicalText,
        field.sent.canonicalText, field.predicted.canonicalText, field.before.canonicalText,
        field.base?.dynamics.baseText, field.base?.marketo.baseText, field.action.rawValue,
        field.winner?.rawValue, field.rule, field.origin,
      ])
    }
    return true
  }

  private func isTaken(_ key: String, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM link WHERE marketo_id = ? AND state = 'active')
            OR EXISTS (SELECT 1 FROM operation WHERE create_key = ? AND side = 'marketo'
              AND \(Self.isOpen))
          """), arguments: [key, key]) ?? false
  }

  /// Ends a link whose Dynamics record is gone, where nothing is written for it.
  private func endLink(of plan: RecordPlan, _ stamp: Stamp, _ db: Database) throws {
    guard let reason = plan.ends, let link = plan.link else { return }
    try Self.end(link, of: plan.dynamicsID, stamp, db)
    try Self.log(
      LogEntry(
        plan.entity, .deleted, dynamicsID: plan.dynamicsID, marketoID: plan.marketoID,
        rule: reason), stamp, db)
  }

  private func recordDependencies(of plan: RecordPlan, _ stamp: Stamp, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, value, state,
          run_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (dynamics_id, need) DO UPDATE SET entity = excluded.entity,
          needed_object = excluded.needed_object, needed_id = excluded.needed_id,
          value = excluded.value, state = excluded.state, run_id = excluded.run_id
        """)
    for dependency in plan.dependencies {
      try statement.execute(arguments: [
        plan.dynamicsID, plan.entity.rawValue, dependency.need.rawValue,
        dependency.needed.object.name, dependency.needed.id.text, dependency.value,
        dependency.isMet ? "met" : "waiting", stamp.run,
      ])
    }
    let kept = plan.dependencies.map(\.need.rawValue)
    try db.cachedStatement(
      sql: """
        DELETE FROM dependency
        WHERE dynamics_id = ? AND need NOT IN (\(placeholders(kept.count)))
        """
    ).execute(arguments: [plan.dynamicsID] + StatementArguments(kept))
  }

  /// Takes the errors off the list that the plan says nothing of: their causes are gone.
  ///
  /// What is refused still, and what is about to be tried again, stays until the side has answered. A
  /// record that is planned is not ambiguous.
  private func forgetMended(_ plan: RecordPlan, _ db: Database) throws {
    try forgetSettled(plan, db)
    let tried = plan.operations.flatMap { operation in
      ([""] + operation.fields.map(\.pair)).map { "\(operation.side) \($0)" }
    }
    let kept = plan.refused.map { "\($0.side) \($0.pair)" } + tried
    try db.cachedStatement(
      sql: """
        DELETE FROM sync_error WHERE dynamics_id = ? AND kind = 'rejected'
          AND side || ' ' || pair NOT IN (\(placeholders(kept.count)))
        """
    ).execute(arguments: [plan.dynamicsID] + StatementArguments(kept))
  }

  /// What is unsettled still keeps its entry, and with it the moment at which it came up.
  private func forgetSettled(_ plan: RecordPlan, _ db: Database) throws {
    let kept = plan.unsettled.map { "\($0.side) \($0.trouble.rawValue) \($0.pair)" }
    try db.cachedStatement(
      sql: """
        DELETE FROM sync_error
        WHERE dynamics_id = ? AND kind IN ('ambiguous', 'manual', 'untranslatable')
          AND side || ' ' || kind || ' ' || pair NOT IN (\(placeholders(kept.count)))
        """
    ).execute(arguments: [plan.dynamicsID] + StatementArguments(kept))
  }

  private func recordUnsettled(of plan: RecordPlan, _ stamp: Stamp, _ db: Database) throws {
    for field in plan.unsettled {
      try Self.record(
        ErrorEntry(
          plan.entity, dynamicsID: plan.dynamicsID, marketoID: plan.marketoID, side: field.side,
          kind: field.trouble == .manual ? .manual : .untranslatable, pair: field.pair,
          message: field.message, content: field.content), stamp, db)
    }
  }

  private func log(
    _ skipped: SkippedField, of plan: RecordPlan, _ stamp: Stamp, _ db: Database
  ) throws {
    var entry = LogEntry(
      plan.entity, .skipped, dynamicsID: plan.dynamicsID, marketoID: plan.marketoID,
      side: skipped.side, rule: skipped.rule)
    entry.field = skipped.pair.isEmpty ? nil : skipped.pair
    try Self.log(entry, stamp, db)
  }
}
