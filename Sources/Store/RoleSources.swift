import GRDB
import Model

/// The mirrors that roles are derived from.
struct RoleSources {
  let opportunities: Mirror
  let connections: Mirror?
  let connectionRoles: Mirror?
  let roles = Mirror(.derivedRole)
  /// The mirrors of those who can have a role: contacts and leads.
  let persons: [ObjectType]

  /// `nil` where the layout has no roles.
  init?(_ layout: Layout) {
    guard layout.entity(dynamics: .derivedRole) != nil,
      let opportunity = layout.schema(.opportunity)
    else { return nil }
    opportunities = Mirror(opportunity)
    connections = layout.schema(.connection).map(Mirror.init)
    connectionRoles = layout.schema(.connectionRole).map(Mirror.init)
    persons = [.contact, .lead].filter { layout.entity(dynamics: $0) != nil }
  }

  /// Makes the indexes by which roles and connections of an opportunity are found.
  func prepare(_ db: Database) throws {
    let field = quoted(ObjectSchema.connectionField.rawValue)
    let indexes =
      [connections, roles].compactMap(\.self).map { mirror in
        (name: "\(mirror.table)_opportunity", table: mirror.table, column: "_opportunity")
      } + [(name: "\(roles.table)_connection", table: roles.table, column: field)]
    for index in indexes {
      let stands = try Bool.fetchOne(
        db.cachedStatement(
          sql: "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?"),
        arguments: [index.name])
      guard stands == nil else { continue }
      try db.execute(
        sql: """
          CREATE INDEX \(quoted(index.name)) ON \(quoted(index.table)) (\(index.column))
          """)
    }
  }

  func derive(
    _ opportunity: String, removesWithOpportunity: Bool, run: Int64, _ db: Database
  ) throws {
    let row = try opportunities.row(of: opportunity, db)
    if let row, row.isDeleted, !removesWithOpportunity {
      return try leaveAlone(opportunity, run: run, db)
    }
    if let row, !row.isDeleted, !row.record.facts.isIncluded {
      return try leaveAlone(opportunity, onlyUnlinked: true, run: run, db)
    }
    let standing = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(quoted(roles.key)) FROM \(quoted(roles.table))
          WHERE _opportunity = ? AND _is_deleted = 0
          """), arguments: [opportunity])
    let rows = Dictionary(standing.map { ($0.lowercased(), $0) }) { first, _ in first }
    var derived = row?.isDeleted == true ? [] : try self.derived(opportunity, row, db)
    // Another way to write the same role is no other role: it keeps its row.
    for index in derived.indices {
      guard let id = rows[derived[index].id.text.lowercased()] else { continue }
      derived[index].id = .dynamics(id)
    }
    _ = try Store.upsert(derived, into: roles, run: run, markDirty: true, db)
    let kept = Set(derived.map(\.id.text))
    for id in standing where !kept.contains(id) {
      _ = try Store.markDeleted(id, in: roles, run: run, db)
    }
  }

  /// The roles of an opportunity that is gone, and kept in Marketo, take no part any more.
  ///
  /// `onlyUnlinked`: those that do not stand in Marketo yet, for an opportunity that left the filter.
  private func leaveAlone(
    _ opportunity: String, onlyUnlinked: Bool = false, run: Int64, _ db: Database
  ) throws {
    let condition =
      onlyUnlinked
      ? """
      AND NOT EXISTS (SELECT 1 FROM link
        WHERE link.dynamics_id = r.\(quoted(roles.key)) AND link.state = 'active')
      """ : ""
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(roles.selection(alias: "r")) FROM \(quoted(roles.table)) AS r
          WHERE r._opportunity = ? AND r._is_deleted = 0 AND r._is_included = 1 \(condition)
          """), arguments: [opportunity])
    let records = try rows.compactMap { try roles.row(from: $0, at: 0)?.record }.map { record in
      var record = record
      record.facts.isIncluded = false
      return record
    }
    _ = try Store.upsert(records, into: roles, run: run, markDirty: true, db)
  }

  /// One record for each person and role; of two connections that say the same, the first counts.
  ///
  /// Marketo compares roles without regard to capitals.
  private func derived(
    _ opportunity: String, _ row: MirrorRow?, _ db: Database
  ) throws -> [Model.Record] {
    var records: [String: Model.Record] = [:]
    if let customer = row?.record.facts.parent, persons.contains(customer.object) {
      let record = record(opportunity, customer, Store.customerRole, connection: nil)
      records[record.id.text.lowercased()] = record
    }
    guard let connections else { return records.values.sorted { $0.id < $1.id } }
    let name =
      connectionRoles.map {
        "(SELECT n.name FROM \(quoted($0.table)) AS n WHERE n.\(quoted($0.key)) = c._role)"
      } ?? "NULL"
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.\(quoted(connections.key)), c._parent, \(name)
          FROM \(quoted(connections.table)) AS c
          WHERE c._opportunity = ? AND c._is_deleted = 0 AND c._state = 'active'
          ORDER BY c.\(quoted(connections.key))
          """), arguments: [opportunity])
    for row in rows {
      guard let text = row[1] as String?,
        let person = Reference(canonicalText: text, side: .dynamics),
        persons.contains(person.object)
      else { continue }
      let role = String((row[2] as String? ?? Store.stakeholderRole).prefix(Store.roleLength))
      let record = record(opportunity, person, role, connection: row[0])
      let key = record.id.text.lowercased()
      if records[key] == nil { records[key] = record }
    }
    return records.values.sorted { $0.id < $1.id }
  }

  private func record(
    _ opportunity: String, _ person: Reference, _ role: String, connection: String?
  ) -> Model.Record {
    let text = Value.reference(person).canonicalText ?? ""
    return Model.Record(
      id: .dynamics("\(opportunity)/\(text)/\(role)"),
      fields: [ObjectSchema.connectionField: connection.map(Value.text) ?? .empty],
      facts: Facts(parent: person, opportunity: .dynamics(opportunity), role: role))
  }
}
