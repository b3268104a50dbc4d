import GRDB
import Model

/// A request of the command line that Dynamics refused.
public struct RefusedRequest: Hashable, Sendable {
  public var person: String
  /// What the person was to become.
  public var entity: Entity

  public init(person: String, entity: Entity) {
    self.person = person
    self.entity = entity
  }
}

extension Store {
  /// The refused requests among what the error list holds of some records; `nil` stands for all.
  ///
  /// Nobody asks for them any more: the person has no wish in a field of its own. A run would take them
  /// off the list; only the same request tries them again.
  public func refusedRequests(of ids: [String]?) throws -> [RefusedRequest] {
    try read("look for requests that were refused") { db in
      let marks = placeholders(ids?.count ?? 0)
      let named = ids == nil ? "1" : "(dynamics_id IN (\(marks)) OR marketo_id IN (\(marks)))"
      return try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT marketo_id, entity FROM sync_error
            WHERE \(Self.isRefusedRequest(db)) AND \(named) ORDER BY entity, marketo_id
            """), arguments: StatementArguments((ids ?? []) + (ids ?? []))
      ).map { RefusedRequest(person: $0[0], entity: Entity(rawValue: $0[1])) }
    }
  }

  /// Whether a row of `sync_error` is such a request, as SQL.
  static func isRefusedRequest(_ db: Database) throws -> String {
    guard let key = try keyColumn(of: .person, db) else { return "0" }
    return """
      (side = 'dynamics' AND marketo_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM link
          WHERE link.marketo_id = sync_error.marketo_id AND link.state = 'active')
        AND EXISTS (SELECT 1 FROM \(quoted(Mirror.table(of: .person))) AS m
          WHERE m.\(quoted(key)) = sync_error.marketo_id AND m._sync_as IS NULL))
      """
  }
}
