import GRDB
import Model

/// One record that a derived value of another is made from, as things stand.
public struct OriginLine: Hashable, Sendable {
  /// The pair whose value is derived.
  public var pair: String
  /// What the record is to the value: `owner`, `customer`, `account` and so on.
  public var need: String
  /// The record that is needed, with its link.
  public var needed: RecordMatch
  /// What was made from it: the Marketo id of its counterpart, or the id of a customer's account.
  public var value: String?
  /// Whether the value waits for it.
  public var isWaiting: Bool
}

extension Reader {
  /// What the record's derived values are made from, pair by pair, each chain from the record on.
  ///
  /// With a `field`, in either side's spelling, that pair alone.
  public func origins(of record: RecordMatch, field: String? = nil) throws -> [OriginLine] {
    guard let id = record.dynamicsID else { return [] }
    return try read("look up what values are made from") { db in
      let filter = field == nil ? "" : "AND \(Self.names("rule.pair"))"
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT rule.pair, needs.need, needs.needed_object, needs.needed_id, needs.value,
              needs.state AS need_state, link.*
            FROM dependency AS needs
            JOIN field_rule AS rule ON rule.entity = needs.entity AND rule.is_active = 1
              AND rule.dynamics_field = '_' || CASE needs.need WHEN 'customer' THEN 'account'
                ELSE needs.need END
            LEFT JOIN link ON link.link_id = (
              SELECT link_id FROM link AS one WHERE one.dynamics_id = needs.needed_id
              ORDER BY one.state = 'active' DESC, one.link_id DESC LIMIT 1)
            WHERE needs.dynamics_id = ? \(filter)
            ORDER BY rule.pair, needs.need = 'customer' DESC
            """), arguments: StatementArguments([id] + (field.map { [$0, $0, $0] } ?? [])))
      return rows.map(OriginLine.init)
    }
  }
}

extension OriginLine {
  fileprivate init(_ row: Row) {
    pair = row["pair"]
    need = row["need"]
    needed = RecordMatch(
      entity: row["needed_object"], dynamicsID: row["needed_id"], marketoID: row["marketo_id"],
      linkState: row["state"], how: row["how"], linkedAt: row["linked_at"],
      survivorID: row["survivor_id"])
    value = row["value"]
    isWaiting = row["need_state"] == "waiting"
  }
}
