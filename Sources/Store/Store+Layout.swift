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
      }
      try wakeNew(layout, db)
      for entity in layout.entities { try BaseTable(entity).ensureTable(among: standing, db) }
      try Self.reconsiderWidened(layout, db)
      added.merge(try Self.wakeReturning(layout, db), uniquingKeysWith: +)
      try Self.forgetRemoved(layout, db)
      try Self.recordRules(of: layout, db)
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
}
