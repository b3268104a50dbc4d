import Model
import Transport

/// Reads pages of the activity log.
struct ActivityReader: Sendable {
  let client: MarketoClient
  let attempt: String

  /// A token that starts at `moment`, and the server's time.
  func start(at moment: Instant) async throws(ServiceError) -> (token: String, now: Instant?) {
    let call = read(
      "activities/pagingtoken", [Parameter("sinceDatetime", moment.text)])
    let envelope = try await client.envelope(of: call)
    guard let token = envelope.nextPageToken else {
      throw unexpected("the answer holds no paging token", envelope)
    }
    return (token, envelope.serverTime)
  }

  /// One page, at most 300 entries; it may be empty with others behind it.
  struct Page: Sendable {
    var activities: [Activity] = []
    /// `nil` on the last page, though the service gives a token with every one.
    var next: String?
  }

  /// Entries of the given types, of all persons or of at most 30.
  func activities(
    _ types: [ActivityType], of persons: [String] = [], at token: String
  ) async throws(ServiceError) -> Page {
    var query = [types.parameter, Parameter("batchSize", "300"), Parameter("nextPageToken", token)]
    if !persons.isEmpty { query.insert(Parameter("leadIds", list: persons), at: 1) }
    return try await page(read("activities", query), after: token)
  }

  /// Deletions, which the service keeps for 14 days.
  func deletions(at token: String) async throws(ServiceError) -> Page {
    let query = [Parameter("batchSize", "300"), Parameter("nextPageToken", token)]
    return try await page(read("activities/deletedleads", query), after: token)
  }

  /// The persons that one call may name.
  static let personsPerCall = 30

  /// The primary values of all entries of a custom type that at most 30 persons have from `token` on.
  func primaryValues(
    of type: Int64, of persons: [String], from token: String
  ) async throws(ServiceError) -> [String] {
    var values: [String] = []
    var next: String? = token
    while let token = next {
      let query = [
        Parameter("activityTypeIds", String(type)), Parameter("leadIds", list: persons),
        Parameter("batchSize", "300"), Parameter("nextPageToken", token),
      ]
      let page = try await rows(read("activities", query), after: token)
      values += page.rows.compactMap { $0["primaryAttributeValue"]?.plainText }
      next = page.next
    }
    return values
  }

  private func read(_ name: String, _ query: [Parameter]) -> Call {
    .read("/rest/v1/\(name).json", query, attempt: attempt, permission: "Read-Only Activity")
  }

  /// An empty page may come with the token that it was asked with: the service is not through with
  /// its slice of time, and is asked again.
  private func rows(
    _ call: Call, after token: String
  ) async throws(ServiceError) -> (rows: [JSON], next: String?) {
    var envelope = try await client.envelope(of: call)
    for _ in 0..<Self.patience where envelope.isStanding(at: token) {
      envelope = try await client.envelope(of: call)
    }
    guard envelope.moreResult == true else { return (envelope.result, nil) }
    guard let next = envelope.nextPageToken, !envelope.isStanding(at: token) else {
      throw unexpected("more was promised, but no way to it", envelope)
    }
    return (envelope.result, next)
  }

  private func page(_ call: Call, after token: String) async throws(ServiceError) -> Page {
    let (rows, next) = try await rows(call, after: token)
    return Page(activities: rows.compactMap(Activity.init), next: next)
  }

  private static let patience = 20

  private func unexpected(_ reason: String, _ envelope: Envelope) -> ServiceError {
    ServiceError(
      .unexpectedAnswer, side: .marketo, attempt: attempt, reason: reason,
      requestID: envelope.requestID)
  }
}

extension Envelope {
  /// Whether the page is empty, promises more, and does not move on.
  fileprivate func isStanding(at token: String) -> Bool {
    result.isEmpty && moreResult == true && nextPageToken == token
  }
}
