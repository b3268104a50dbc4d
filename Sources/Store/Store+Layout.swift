import GRDB
import Model

extension Store {
  /// Makes the mirrors, bases and their views fit `layout`, and records the rules.
  ///
  /// Tells the fields that were added to mirrors that stood, or that the last run did not ask for: their
  /// values must be read. What no feed tells of is marked to be looked up, together with the new column.
  /// `retyped` are the selected fields that the layout leaves out, as their types changed.
  @discardableResult
  public func prepare(
    _ layout: Layout, retyped: [ObjectType: [RetypedField]] = [:]
  ) throws -> [ObjectType: [FieldName]] {
    try write("prepare the tables of the configured fields") { db in
      try Self.recordTypes(of: layout, retyped: retyped, db)
      var added: [ObjectType: [FieldName]] = [:]
      let standing = try Self.standingTables(db)
      for schema in layout.mirrors {
        let names = try Mirror(schema).ensureTable(among: standing, db)
        if !names.isEmpty { added[schema.object] = names }
        try recordOptions(of: schema, db)
      }
      try wakeNew(layout, db)
      for entity in layout.entities { try BaseTable(entity).ensureTable(among: standing, db) }
      try Self.reconsiderWidened(layout, db)
      added.merge(try Self.wakeReturning(layout, db), uniquingKeysWith: +)
      try db.cachedStatement(sql: "UPDATE field_rule SET is_active = 0").execute()
      for (order, entity) in layout.entities.enumerated() {
        try record(entity, order: order, db)
      }
      try MirrorViews(layout).create(db)
      for schema in layout.mirrors where schema.feed == .notices || schema.feed == .none {
        if added[schema.object] != nil { try Self.markAllStale(in: Mirror(schema), db) }
      }
      return added
    }
  }

  /// The names of all tables, in lower case: asked once, as each new table would have the schema read
  /// anew.
  private static func standingTables(_ db: Database) throws -> Set<String> {
    Set(
      try String.fetchAll(
        db.cachedStatement(sql: "SELECT lower(name) FROM sqlite_master WHERE type = 'table'")))
  }

  /// Makes the rows dirty of entities that the last run did not have, and those that point to them.
  private func wakeNew(_ layout: Layout, _ db: Database) throws {
    let standing = Set(
      try String.fetchAll(
        db.cachedStatement(sql: "SELECT DISTINCT entity FROM field_rule WHERE is_active = 1")))
    let new = layout.entities.filter { !standing.contains($0.entity.rawValue) }
    guard !standing.isEmpty else { return }
    for object in Set(new.map(\.rule.dynamics)) {
      for entity in layout.entities {
        let condition =
          entity.rule.dynamics == object
          ? "1"
          : "_owner LIKE ? OR _parent LIKE ?\(object == .account ? " OR _account IS NOT NULL" : "")"
        let prefix = "\(object.name)/%"
        try db.cachedStatement(
          sql: """
            UPDATE \(quoted(Mirror(entity.dynamics).table)) SET _is_dirty = 1
            WHERE _is_deleted = 0 AND (\(condition))
            """
        ).execute(arguments: condition == "1" ? [] : [prefix, prefix])
      }
    }
  }

  private func record(_ entity: BoundEntity, order: Int, _ db: Database) throws {
    let rule = entity.rule
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
    for pair in entity.pairs { try record(pair.pair, of: rule, stopped: nil, db) }
    for pair in entity.stopped { try record(pair.pair, of: rule, stopped: pair.reason, db) }
  }

  /// Records the rule of one pair; one that is stopped keeps the direction in which it went last.
  private func record(
    _ pair: FieldPair, of rule: EntityRule, stopped reason: String?, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO field_rule (entity, pair, dynamics_field, marketo_field, direction, winner,
          is_active, stopped_because)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (entity, pair) DO UPDATE SET
          direction = CASE WHEN excluded.is_active THEN excluded.direction ELSE direction END,
          winner = excluded.winner, is_active = excluded.is_active,
          stopped_because = excluded.stopped_because
        """
    ).execute(arguments: [
      rule.entity.rawValue, pair.name, pair.sourceName, pair.marketo.rawValue,
      pair.direction.rawValue, (pair.winner ?? rule.winner).rawValue, reason == nil, reason,
    ])
  }

  private func recordOptions(of schema: ObjectSchema, _ db: Database) throws {
    guard schema.object.side == .dynamics else { return }
    for field in schema.fields.values {
      for option in field.options {
        try db.cachedStatement(
          sql: """
            INSERT INTO dynamics_option (object, field, number, label) VALUES (?, ?, ?, ?)
            ON CONFLICT (object, field, number) DO UPDATE SET label = excluded.label
            """
        ).execute(arguments: [schema.object.name, field.name.rawValue, option.number, option.label])
      }
    }
  }
}
