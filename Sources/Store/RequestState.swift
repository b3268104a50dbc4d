import GRDB
import Model

/// What became of a person's request.
public struct RequestState: Hashable, Sendable {
  /// The person's active link.
  public var link: Link?
  /// What made the link, if the asking run did.
  public var linkedNow: Link.How?
  /// What Dynamics refused.
  public var refusal: Rejection?
  /// The Dynamics records that the person may be, where more than one record could be meant.
  public var rivals: [Rival]

  /// A Dynamics record that a person may be.
  public struct Rival: Hashable, Sendable {
    public var entity: Entity
    public var dynamicsID: String
  }
}

extension Store {
  /// What became of a person's request in `run`.
  public func requestState(of person: String, run: Int64) throws -> RequestState {
    try read("look what became of a request") { db in
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT * FROM link WHERE marketo_id = ? AND state = 'active'"),
        arguments: [person])
      let error = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT code, message FROM sync_error WHERE marketo_id = ? AND side = 'dynamics'
            ORDER BY last_at DESC LIMIT 1
            """), arguments: [person])
      let rivals = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT sync_error.entity, sync_error.dynamics_id FROM sync_error_candidate
            JOIN sync_error ON sync_error.error_id = sync_error_candidate.error_id
            WHERE sync_error_candidate.side = 'marketo' AND record_id = ?
            ORDER BY sync_error.entity, sync_error.dynamics_id
            """), arguments: [person])
      return RequestState(
        link: row.map(Self.link),
        linkedNow: row.flatMap { $0["run_id"] == run ? Link.How(rawValue: $0["how"]) : nil },
        refusal: error.map { Rejection(code: $0["code"] ?? "", message: $0["message"]) },
        rivals: rivals.map {
          RequestState.Rival(entity: Entity(rawValue: $0["entity"]), dynamicsID: $0["dynamics_id"])
        })
    }
  }
}
