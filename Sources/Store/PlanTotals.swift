import Crypto
import Foundation
import GRDB
import Model

/// What the stored plan would do to one entity.
public struct PlanTotals: Hashable, Sendable {
  public var entity: Entity
  /// Its active links.
  public var linked: Int
  /// Records that are changed, on either side, and roles that are removed.
  ///
  /// A person that is told the id of the record that it asked for does not count.
  public var updates: Int
  public var creates: Int
  /// Marketo records that are removed or told that their Dynamics record is gone.
  ///
  /// Roles, which are derived, count as changes; an opportunity counts from the removal of its roles
  /// on, which comes before its own.
  public var deletes: Int
  /// Values that become empty, by pair of fields; pairs without any are left out, and so are wishes
  /// that were granted.
  public var emptied: [String: Int]
  /// For those pairs of which many do: how many records hold a value where it would go, as both sides
  /// last agreed.
  public var filled: [String: Int]

  public init(
    entity: Entity, linked: Int, updates: Int = 0, creates: Int = 0, deletes: Int = 0,
    emptied: [String: Int] = [:], filled: [String: Int] = [:]
  ) {
    self.entity = entity
    self.linked = linked
    self.updates = updates
    self.creates = creates
    self.deletes = deletes
    self.emptied = emptied
    self.filled = filled
  }
}

extension Store {
  /// Counts what is planned, for each entity that has anything planned.
  ///
  /// What is filled of a pair is counted from so many values on that become empty: it takes a look at
  /// all records.
  public func planTotals(countingFilledFrom few: Int = 0) throws -> [PlanTotals] {
    try read("count what is planned") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            WITH planned AS (SELECT * FROM operation WHERE status = 'planned')
            SELECT entity,
              (SELECT count(*) FROM link WHERE link.entity = named.entity AND state = 'active'),
              count(DISTINCT CASE WHEN action = 'update' AND NOT \(Self.tellsItsRequest)
                OR action = 'delete' AND entity = ? THEN dynamics_id END),
              count(DISTINCT CASE WHEN action = 'create' THEN dynamics_id END)
            FROM (SELECT entity FROM planned
              UNION SELECT ? FROM planned WHERE entity = ? AND action = 'delete') AS named
            LEFT JOIN planned AS operation USING (entity)
            GROUP BY entity ORDER BY entity
            """),
        arguments: [
          Entity.opportunityRole.rawValue, Entity.opportunity.rawValue,
          Entity.opportunityRole.rawValue,
        ]
      ).map { row in
        let entity: String = row[0]
        let emptied = try Row.fetchAll(
          db.cachedStatement(
            sql: """
              SELECT field.pair, count(*), operation.side FROM operation JOIN operation_field AS field
                USING (operation_id)
              WHERE operation.status = 'planned' AND operation.entity = ?
                AND field.sent_value IS NULL AND field.value_before IS NOT NULL
                AND field.pair NOT LIKE ?
              GROUP BY field.pair, operation.side ORDER BY field.pair, operation.side
              """), arguments: [entity, "_\(Derivation.syncAs.rawValue)__%"])
        let deletes = try Int.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT count(*) FROM operation
              WHERE operation.status = 'planned' AND operation.entity = ?
                AND (operation.action = 'delete' AND operation.entity <> ?
                  OR EXISTS (SELECT 1 FROM operation_field AS field
                    WHERE field.operation_id = operation.operation_id
                      AND field.pair LIKE ? AND field.sent_value = 'true'))
              """),
          arguments: [
            entity, Entity.opportunityRole.rawValue, "_\(Derivation.isDeleted.rawValue)__%",
          ])
        let counts: [String: Int] = Dictionary(
          emptied.map { ($0[0], $0[1]) }, uniquingKeysWith: +)
        var filled: [String: Int] = [:]
        for row in emptied where counts[row[0], default: 0] >= few {
          guard let side = Side(rawValue: row[2]) else { continue }
          filled[row[0], default: 0] += try Self.filled(row[0], on: side, of: entity, db)
        }
        return PlanTotals(
          entity: Entity(rawValue: entity), linked: row[1], updates: row[2], creates: row[3],
          deletes: (deletes ?? 0) + (try Self.losingRoles(entity, db)),
          emptied: counts, filled: filled)
      }
    }
  }

  /// How many opportunities lose their roles because they are gone themselves.
  private static func losingRoles(_ entity: String, _ db: Database) throws -> Int {
    guard entity == Entity.opportunity.rawValue,
      let role = try keyColumn(of: .derivedRole, db), let key = try keyColumn(of: .opportunity, db)
    else { return 0 }
    return try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(DISTINCT o.\(quoted(key))) FROM operation
          JOIN \(quoted(Mirror.table(of: .derivedRole))) AS r
            ON r.\(quoted(role)) = operation.dynamics_id
          JOIN \(quoted(Mirror.table(of: .opportunity))) AS o ON o.\(quoted(key)) = r._opportunity
          WHERE operation.status = 'planned' AND operation.action = 'delete' AND o._is_deleted = 1
          """)) ?? 0
  }

  /// Whether an operation tells a person the id of the record that it asked for.
  private static var tellsItsRequest: String {
    """
    (operation.side = 'marketo'
      AND EXISTS (SELECT 1 FROM link WHERE link.dynamics_id = operation.dynamics_id
        AND link.state = 'active' AND link.how = \(literal(Link.How.request.rawValue)))
      AND EXISTS (SELECT 1 FROM operation_field AS field
        WHERE field.operation_id = operation.operation_id
          AND field.pair LIKE '\\_\(Derivation.key.rawValue)\\_\\_%' ESCAPE '\\'))
    """
  }

  /// A short name of exactly what is planned: the same plan has the same name in any run.
  public func planDigest() throws -> String {
    try read("name the plan") { db in
      var hasher = SHA256()
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT entity, dynamics_id, side, operation.action, pair, sent_value
          FROM operation LEFT JOIN operation_field USING (operation_id)
          WHERE status = 'planned' ORDER BY entity, dynamics_id, side, pair
          """)
      while let row = try rows.next() {
        let line = row.databaseValues.map { $0.isNull ? "-" : "\($0)" }.joined(separator: "\t")
        hasher.update(data: Array("\(line)\n".utf8))
      }
      return Self.name(hasher.finalize())
    }
  }

  /// A short name of exactly these records.
  public func digest(of ids: [String]) -> String {
    Self.name(SHA256.hash(data: Array(ids.sorted().joined(separator: "\n").utf8)))
  }

  private static func name(_ digest: SHA256.Digest) -> String {
    digest.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Whether an earlier run went to its end with every entity: until then creates are the first
  /// copy.
  public func hasFinishedRun() throws -> Bool {
    try read("look for a finished run") { db in
      try Bool.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT EXISTS (SELECT 1 FROM run WHERE \(Self.isWhole))
            """))
        ?? false
    }
  }
}
