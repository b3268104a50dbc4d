import GRDB
import Model

/// What both sides held when they last agreed on a pair of fields.
public struct Base: Hashable, Sendable {
  public var dynamics: Value
  public var marketo: Value

  public init(dynamics: Value, marketo: Value) {
    self.dynamics = dynamics
    self.marketo = marketo
  }
}

/// The base table of one entity: one row a link, two text columns a pair.
struct BaseTable {
  var entity: Entity
  var pairs: [BoundPair]

  init(_ entity: BoundEntity) {
    self.entity = entity.entity
    pairs = entity.pairs
  }

  var table: String { "base_\(entity)" }

  static func column(_ pair: String, _ side: Side) -> String { "\(pair)__\(side)" }

  /// Makes the table if it is not among those that stand, and the columns of new pairs.
  ///
  /// A removed pair keeps its columns.
  ///
  /// Each change of the schema makes SQLite read all of it again: a new table comes with its columns.
  func ensureTable(among tables: Set<String>, _ db: Database) throws {
    let columns = pairs.flatMap { pair in Side.allCases.map { Self.column(pair.pair.name, $0) } }
    guard tables.contains(table.lowercased()) else {
      let own = ["link_id INTEGER PRIMARY KEY REFERENCES link (link_id)"]
      let lines = (own + columns.map { "\(quoted($0)) TEXT" }).joined(separator: ",\n  ")
      return try db.execute(
        sql: """
          CREATE TABLE \(quoted(table)) (
            -- What both sides held when they last agreed, a row for each link, a column for each side of
            -- each pair: <pair>__dynamics and <pair>__marketo. '' is an agreed empty value; NULL: no
            -- base yet.
            \(lines)
          ) STRICT
          """)
    }
    let standing = Set(try db.columns(in: table).map(\.name))
    for column in columns where !standing.contains(column) {
      try db.execute(sql: "ALTER TABLE \(quoted(table)) ADD COLUMN \(quoted(column)) TEXT")
    }
  }

  func selection(alias: String) -> String {
    pairs.flatMap { pair in
      Side.allCases.map { "\(alias).\(quoted(Self.column(pair.pair.name, $0)))" }
    }.joined(separator: ", ")
  }

  /// Reads the bases of a row of ``selection(alias:)``; a pair without one is left out.
  func bases(from row: Row, at start: Int) -> [String: Base] {
    var bases: [String: Base] = [:]
    for (index, pair) in pairs.enumerated() {
      guard let one = row[start + 2 * index] as String?,
        let other = row[start + 2 * index + 1] as String?,
        let dynamics = Value(
          canonicalText: one, type: pair.dynamics.type, side: .dynamics),
        let marketo = Value(canonicalText: other, type: pair.marketo.type, side: .marketo)
      else { continue }
      bases[pair.pair.name] = Base(dynamics: dynamics, marketo: marketo)
    }
    return bases
  }

  /// Copies the bases of the pairs that two entities have in common from one link to the link of `heir`.
  ///
  /// A field that the heir leaves empty begins without a base: nobody emptied it, it was never filled.
  /// So does a pair in which `true` wins where the heir holds another value: it took no opt-out back, it
  /// only never opted out.
  static func inherit(
    from source: Entity, link: Int64, to target: BoundEntity, heir: String, link heirLink: Int64,
    _ db: Database
  ) throws {
    let table = "base_\(target.entity)"
    let common = try ["base_\(source)", table]
      .map { Set(try db.columns(in: $0).map(\.name)) }
      .reduce(nil as Set<String>?) { $0?.intersection($1) ?? $1 }
    let columns = (common ?? []).subtracting(["link_id"]).sorted().map(quoted)
    guard !columns.isEmpty else { return }
    let list = columns.joined(separator: ", ")
    try db.cachedStatement(
      sql: """
        INSERT INTO \(quoted(table)) (link_id, \(list))
        SELECT ?, \(list) FROM \(quoted("base_\(source)")) WHERE link_id = ?
        """
    ).execute(arguments: [heirLink, link])
    let mirror = Mirror(target.dynamics)
    let values = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT * FROM \(quoted(mirror.table)) WHERE \(quoted(mirror.key)) = ?"),
      arguments: [heir])
    let unfilled = target.pairs.filter { pair in
      guard let field = pair.pair.field(on: .dynamics), let values else { return false }
      return (values[field.rawValue] as DatabaseValue?)?.isNull ?? true
    }
    let cleared = unfilled.flatMap { pair in
      Side.allCases.map { "\(quoted(column(pair.pair.name, $0))) = NULL" }
    }
    if !cleared.isEmpty {
      try db.cachedStatement(
        sql: "UPDATE \(quoted(table)) SET \(cleared.joined(separator: ", ")) WHERE link_id = ?"
      ).execute(arguments: [heirLink])
    }
    for pair in target.pairs where pair.pair.winner == .trueWins {
      guard let field = pair.pair.field(on: .dynamics),
        let held = values?[field.rawValue] as DatabaseValue?,
        let value = Value(column: held, type: pair.dynamics.type, side: .dynamics)
      else { continue }
      let columns = Side.allCases.map { quoted(column(pair.pair.name, $0)) }
      try db.cachedStatement(
        sql: """
          UPDATE \(quoted(table)) SET \(columns.map { "\($0) = NULL" }.joined(separator: ", "))
          WHERE link_id = ? AND \(quoted(column(pair.pair.name, .dynamics))) <> ?
          """
      ).execute(arguments: [heirLink, value.baseText])
    }
  }

  /// Sets the base columns of some pairs, all as canonical text.
  static func move(
    _ bases: [(pair: String, dynamics: String, marketo: String)], entity: Entity, link: Int64,
    _ db: Database
  ) throws {
    guard !bases.isEmpty else { return }
    let columns = bases.flatMap { base in
      [quoted(column(base.pair, .dynamics)), quoted(column(base.pair, .marketo))]
    }
    let values = bases.flatMap { [$0.dynamics, $0.marketo] }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO \(quoted("base_\(entity)")) (link_id, \(columns.joined(separator: ", ")))
        VALUES (\(placeholders(columns.count + 1)))
        ON CONFLICT (link_id) DO UPDATE SET
          \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """)
    try statement.execute(arguments: [link] + StatementArguments(values))
  }
}
