import GRDB
import Model

/// What the derived values of some records need, looked up for all of them together.
struct PlanNeeds {
  private var needs: [String: Need] = [:]
  private var customers: [String: String?] = [:]
  private var companyNumbers: [String: String] = [:]
  private var withRoles: Set<String> = []
  private var outlivingAll: Set<String> = []

  init(of inputs: [PlanInput], entity: BoundEntity, _ db: Database) throws {
    let facts = inputs.map(\.dynamics.record.facts)
    if entity.dynamics.object == .opportunity {
      customers = try Self.customers(facts, db)
      withRoles = try Self.withRoles(inputs.filter(\.dynamics.isDeleted), db)
    }
    for input in inputs {
      let facts = input.dynamics.record.facts
      guard let next = facts.mergedInto ?? facts.convertedTo, try Self.isGone(next.text, db) else {
        continue
      }
      outlivingAll.insert(input.dynamics.record.id.text)
    }
    var ids = Set(customers.values.compactMap(\.self))
    for facts in facts {
      let needed = [
        facts.owner?.id.text, facts.account?.text, facts.parent?.id.text, facts.opportunity?.text,
      ]
      ids.formUnion(needed.compactMap(\.self))
    }
    guard !ids.isEmpty else { return }
    needs = Dictionary(ids.map { ($0, .missing) }) { first, _ in first }
    for (id, marketoID) in try Store.counterparts(of: ids.sorted(), db) {
      needs[id] = .met(marketoID: marketoID)
    }
    try addPlanned(db)
    if entity.marketo.parent?.object == .company { try numberCompanies(db) }
  }

  func fill(_ input: inout PlanInput) {
    input.needs = needs
    input.customers = customers
    input.companyNumbers = companyNumbers
    input.isSurvivorGone = outlivingAll.contains(input.dynamics.record.id.text)
    input.hasRoles = withRoles.contains(input.dynamics.record.id.text)
  }

  /// A create that is part of this plan meets a need where its key is the record's identity, which
  /// it is not for persons.
  private mutating func addPlanned(_ db: Database) throws {
    let missing = needs.filter { $0.value == .missing }.keys.sorted()
    guard !missing.isEmpty else { return }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT operation.dynamics_id, operation.create_key FROM operation
          JOIN entity_rule ON entity_rule.entity = operation.entity
          WHERE operation.status IN ('planned', 'sending') AND operation.action = 'create'
            AND operation.side = 'marketo' AND entity_rule.marketo_object <> ?
            AND operation.dynamics_id IN (\(placeholders(missing.count)))
          """), arguments: [ObjectType.person.name] + StatementArguments(missing))
    for row in rows { needs[row[0]] = .met(marketoID: row[1]) }
  }

  /// The accounts of the contacts that are customers; contacts that are not held are left out.
  private static func customers(_ facts: [Facts], _ db: Database) throws -> [String: String?] {
    let ids = facts.compactMap(\.parent).filter { $0.object == .contact }.map(\.id.text)
    guard !ids.isEmpty, let key = try Store.keyColumn(of: .contact, db) else { return [:] }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(quoted(key)), _account FROM \(quoted(Mirror.table(of: .contact)))
          WHERE \(quoted(key)) IN (\(placeholders(ids.count)))
          """), arguments: StatementArguments(ids))
    return Dictionary(rows.map { ($0[0] as String, $0[1] as String?) }) { first, _ in first }
  }

  /// Which of the opportunities have roles that stand in Marketo.
  private static func withRoles(_ inputs: [PlanInput], _ db: Database) throws -> Set<String> {
    guard !inputs.isEmpty, let key = try Store.keyColumn(of: .derivedRole, db) else { return [] }
    let ids = inputs.map(\.dynamics.record.id.text)
    return Set(
      try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT r._opportunity FROM \(quoted(Mirror.table(of: .derivedRole))) AS r
            JOIN link ON link.dynamics_id = r.\(quoted(key)) AND link.state = 'active'
            WHERE r._opportunity IN (\(placeholders(ids.count)))
            """), arguments: StatementArguments(ids)))
  }

  /// Whether a lead or contact is gone, or lives on as one that is.
  private static func isGone(_ id: String, _ db: Database) throws -> Bool {
    var now = id
    var seen: Set<String> = []
    while seen.insert(now).inserted {
      var found: Row?
      for object in [ObjectType.contact, .lead] where found == nil {
        guard let key = try Store.keyColumn(of: object, db) else { continue }
        found = try Row.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT _is_deleted, coalesce(_merged_into, _converted_to)
              FROM \(quoted(Mirror.table(of: object))) WHERE \(quoted(key)) = ?
              """), arguments: [now])
      }
      guard let found else { return false }
      if found[0] as Bool { return true }
      guard let next = found[1] as String? else { return false }
      now = next
    }
    return false
  }

  private mutating func numberCompanies(_ db: Database) throws {
    guard let key = try Store.keyColumn(of: .company, db) else { return }
    let keys = needs.compactMap { id, need -> (String, String)? in
      if case .met(let marketoID) = need { (marketoID, id) } else { nil }
    }
    guard !keys.isEmpty else { return }
    let ids = Dictionary(keys) { first, _ in first }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(quoted(key)), CAST(\(quoted(PlanInput.companyNumber.rawValue)) AS TEXT)
          FROM \(quoted(Mirror.table(of: .company)))
          WHERE \(quoted(key)) IN (\(placeholders(ids.count)))
            AND \(quoted(PlanInput.companyNumber.rawValue)) IS NOT NULL
          """), arguments: StatementArguments(ids.keys.sorted()))
    for row in rows {
      if let id = ids[row[0]] { companyNumbers[id] = row[1] }
    }
  }
}

extension Store {
  /// The Marketo ids that Dynamics records have by their links, by Dynamics id.
  ///
  /// A record that was converted or merged has its survivor's, followed to the end.
  static func counterparts(of ids: [String], _ db: Database) throws -> [String: String] {
    var found: [String: String] = [:]
    var places = Dictionary(grouping: ids.map { (start: $0, now: $0) }, by: \.now)
    for _ in 0..<10 where !places.isEmpty {
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT dynamics_id, marketo_id, survivor_id, state FROM link
            WHERE state IN ('active', 'converted', 'merged')
              AND dynamics_id IN (\(placeholders(places.count)))
            """), arguments: StatementArguments(places.keys.sorted()))
      var next: [(start: String, now: String)] = []
      for row in rows {
        let starts = (places[row["dynamics_id"]] ?? []).map(\.start)
        if row["state"] == Link.State.active.rawValue, let marketoID = row["marketo_id"] as String?
        {
          for start in starts { found[start] = marketoID }
        } else if let survivor = row["survivor_id"] as String? {
          next += starts.filter { found[$0] == nil }.map { ($0, survivor) }
        }
      }
      places = Dictionary(grouping: next, by: \.now)
    }
    return found
  }
}
