import Model

extension MarketoConnector {
  /// The activities of the given persons since a moment, 30 persons a call.
  ///
  /// Marketo keeps changes of values for 90 days. Ids that are no person's are left out: only persons
  /// have a log.
  public func history(of ids: [RecordID], since: Instant) async throws -> [Notice] {
    let persons = ids.filter { $0.side == .marketo && Int64($0.text) != nil }.map(\.text)
    guard !persons.isEmpty else { return [] }
    let reader = ActivityReader(client: client, attempt: "could not read the history of persons")
    let catalogue = try await metadata.catalogue(of: .person)
    let token = try await reader.start(at: since - 1).token
    let activities = try await persons.chunks(of: ActivityReader.personsPerCall)
      .concurrently(atOnce: settings.share.atOnce) { persons in
        try await Self.all(of: Array(persons), from: token, reader)
      }
    return activities.joined().filter { $0.at >= since }
      .compactMap { Notice($0, in: catalogue) }
      .sorted { ($0.at, $0.id.count, $0.id) < ($1.at, $1.id.count, $1.id) }
  }

  private static func all(
    of persons: [String], from token: String, _ reader: ActivityReader
  ) async throws(ServiceError) -> [Activity] {
    var activities: [Activity] = []
    var next: String? = token
    while let token = next {
      let page = try await reader.activities(ActivityType.history, of: persons, at: token)
      activities += page.activities
      next = page.next
    }
    return activities
  }
}
