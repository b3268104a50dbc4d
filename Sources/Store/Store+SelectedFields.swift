import GRDB
import Model

/// A selected field whose values were kept as another type than its side has for it now.
public struct RetypedField: Hashable, Sendable {
  public var field: FieldName
  public var before: String
  public var now: FieldType

  public init(_ field: FieldName, before: String, now: FieldType) {
    self.field = field
    self.before = before
    self.now = now
  }
}

extension Store {
  /// The fields of an object that were selected by the last run too, with another type.
  public func retypedFields(of schema: ObjectSchema) throws -> [RetypedField] {
    try read("compare the types of \(schema.object) fields") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT field, type FROM selected_field
            WHERE object = ? AND is_selected = 1 ORDER BY field
            """), arguments: [Mirror.table(of: schema.object)]
      ).compactMap { row in
        guard let field = schema.fields[FieldName(row["field"])],
          field.type.rawValue != row["type"] as String
        else { return nil }
        return RetypedField(field.name, before: row["type"], now: field.type)
      }
    }
  }

  /// Keeps the types of what the layout selects, and makes room for a field that came back with
  /// another one: its column and its bases begin anew.
  ///
  /// A field that `layout` leaves out as retyped keeps its row as it is.
  static func recordTypes(
    of layout: Layout, retyped: [ObjectType: [RetypedField]], _ db: Database
  ) throws {
    for schema in layout.mirrors {
      let mirror = Mirror(schema)
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT field, type, is_selected FROM selected_field WHERE object = ?"),
        arguments: [mirror.table])
      let selected = Set(rows.filter { $0["is_selected"] }.map { $0["field"] as String })
      let standing = Dictionary(rows.map { ($0["field"] as String, $0["type"] as String) }) {
        $1
      }
      for field in mirror.fields {
        guard let before = standing[field.name.rawValue], before != field.type.rawValue else {
          continue
        }
        try beginAnew(field, of: mirror, in: layout, db)
      }
      let stopped = Set((retyped[schema.object] ?? []).map(\.field.rawValue))
      let gone = Set(standing.keys).subtracting(mirror.fields.map(\.name.rawValue))
        .subtracting(stopped)
      for field in gone.intersection(selected) {
        try db.cachedStatement(
          sql: "UPDATE selected_field SET is_selected = 0 WHERE object = ? AND field = ?"
        ).execute(arguments: [mirror.table, field])
      }
      for field in mirror.fields where standing[field.name.rawValue] != field.type.rawValue {
        try db.cachedStatement(
          sql: """
            INSERT INTO selected_field (object, field, type, is_selected) VALUES (?, ?, ?, 1)
            ON CONFLICT (object, field) DO UPDATE SET type = excluded.type, is_selected = 1
            """
        ).execute(arguments: [mirror.table, field.name.rawValue, field.type.rawValue])
      }
      guard mirror.fields.contains(where: { !selected.contains($0.name.rawValue) }) else {
        continue
      }
      try db.cachedStatement(
        sql: """
          UPDATE selected_field SET is_selected = 1
          WHERE object = ? AND is_selected = 0
            AND field IN (\(placeholders(mirror.fields.count)))
          """
      ).execute(arguments: [mirror.table] + StatementArguments(mirror.fields.map(\.name.rawValue)))
    }
  }

  private static func beginAnew(
    _ field: Field, of mirror: Mirror, in layout: Layout, _ db: Database
  ) throws {
    let name = field.name.rawValue
    if try db.tableExists(mirror.table),
      try db.columns(in: mirror.table).contains(where: {
        $0.name == name
      })
    {
      try MirrorViews.drop(db)
      try db.execute(sql: "ALTER TABLE \(quoted(mirror.table)) DROP COLUMN \(quoted(name))")
    }
    for entity in layout.entities {
      for pair in entity.pairs where pair.pair.field(on: mirror.object.side) == field.name {
        guard entity.rule.object(on: mirror.object.side) == mirror.object else { continue }
        let base = "base_\(entity.entity)"
        for side in Side.allCases {
          let column = BaseTable.column(pair.pair.name, side)
          guard try db.tableExists(base),
            try db.columns(in: base).contains(where: { $0.name == column })
          else { continue }
          try db.cachedStatement(sql: "UPDATE \(quoted(base)) SET \(quoted(column)) = NULL")
            .execute()
        }
      }
    }
  }
}
