import GRDB
import Model

extension Store {
  /// Records the rules and the labels of options, as this run uses them.
  ///
  /// What stands as it is is not written again: a run without a change of the configuration writes
  /// nothing here.
  static func recordRules(of layout: Layout, _ db: Database) throws {
    for schema in layout.mirrors { try recordOptions(of: schema, db) }
    for (order, entity) in layout.entities.enumerated() {
      try record(entity.rule, order: order, db)
    }
    let standing = try standingPairs(db)
    var wanted: [PairKey: PairRow] = [:]
    for entity in layout.entities {
      for pair in entity.pairs {
        try record(pair.pair, of: entity.rule, stopped: nil, standing, &wanted, db)
      }
      for pair in entity.stopped {
        try record(pair.pair, of: entity.rule, stopped: pair.reason, standing, &wanted, db)
      }
    }
    for (key, row) in standing where row.isActive && wanted[key] == nil {
      try db.cachedStatement(
        sql: "UPDATE field_rule SET is_active = 0 WHERE entity = ? AND pair = ?"
      ).execute(arguments: [key.entity, key.pair])
    }
  }

  private static func record(_ rule: EntityRule, order: Int, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO entity_rule (entity, dynamics_object, marketo_object, direction, winner,
          create_policy, delete_policy, push_order)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (entity) DO UPDATE SET dynamics_object = excluded.dynamics_object,
          marketo_object = excluded.marketo_object, direction = excluded.direction,
          winner = excluded.winner, create_policy = excluded.create_policy,
          delete_policy = excluded.delete_policy, push_order = excluded.push_order
        """
    ).execute(arguments: [
      rule.entity.rawValue, rule.dynamics.name, rule.marketo.name, rule.direction.rawValue,
      rule.winner.rawValue, rule.create.rawValue, rule.onDelete.rawValue, order,
    ])
  }

  private static func standingPairs(_ db: Database) throws -> [PairKey: PairRow] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT entity, pair, direction, winner, is_active, stopped_because FROM field_rule
          """))
    return Dictionary(
      rows.map { row in
        (
          PairKey(entity: row[0], pair: row[1]),
          PairRow(
            direction: row[2], winner: row[3], isActive: row[4], stoppedBecause: row[5])
        )
      }
    ) { first, _ in first }
  }

  private static func record(
    _ pair: FieldPair, of rule: EntityRule, stopped reason: String?,
    _ standing: [PairKey: PairRow], _ wanted: inout [PairKey: PairRow], _ db: Database
  ) throws {
    let key = PairKey(entity: rule.entity.rawValue, pair: pair.name)
    // One that is stopped keeps the direction in which it went last.
    let direction = (reason == nil ? nil : standing[key]?.direction) ?? pair.direction.rawValue
    let row = PairRow(
      direction: direction, winner: (pair.winner ?? rule.winner).rawValue,
      isActive: reason == nil, stoppedBecause: reason)
    // A pair that is named twice has the later rule.
    let before = wanted.updateValue(row, forKey: key) ?? standing[key]
    guard before != row else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO field_rule (entity, pair, dynamics_field, marketo_field, direction, winner,
          is_active, stopped_because)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (entity, pair) DO UPDATE SET direction = excluded.direction,
          winner = excluded.winner, is_active = excluded.is_active,
          stopped_because = excluded.stopped_because
        """
    ).execute(arguments: [
      key.entity, key.pair, pair.sourceName, pair.marketo.rawValue, row.direction, row.winner,
      row.isActive, reason,
    ])
  }

  private static func recordOptions(of schema: ObjectSchema, _ db: Database) throws {
    let fields = schema.fields.values.filter { !$0.options.isEmpty }
    guard schema.object.side == .dynamics, !fields.isEmpty else { return }
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT field, number, label FROM dynamics_option WHERE object = ?"),
      arguments: [schema.object.name])
    let standing = Set(
      rows.map { OptionRow(field: $0[0], number: $0[1], label: $0[2]) })
    for field in fields {
      for option in field.options {
        let row = OptionRow(
          field: field.name.rawValue, number: Int64(option.number), label: option.label)
        guard !standing.contains(row) else { continue }
        try db.cachedStatement(
          sql: """
            INSERT INTO dynamics_option (object, field, number, label) VALUES (?, ?, ?, ?)
            ON CONFLICT (object, field, number) DO UPDATE SET label = excluded.label
            """
        ).execute(arguments: [schema.object.name, row.field, row.number, row.label])
      }
    }
  }
}

/// Which pair of which entity.
private struct PairKey: Hashable {
  var entity: String
  var pair: String
}

/// What is recorded of a pair that may change.
private struct PairRow: Hashable {
  var direction: String
  var winner: String
  var isActive: Bool
  var stoppedBecause: String?
}

/// One label of an option.
private struct OptionRow: Hashable {
  var field: String
  var number: Int64
  var label: String
}
