import Model
import Transport

/// Writes custom activities to the logs of persons, and looks for them there.
struct PersonLog: OutcomeLog {
  let client: MarketoClient
  private var settings: MarketoSettings { client.settings }

  init(client: MarketoClient) { self.client = client }

  /// The most activities that one call takes (REST API, Custom Activities).
  var batchSize: Int { 300 }

  /// Marketo goes on with a call whose client is gone, and commits some activities late, under a time
  /// that was read already.
  var settlingTime: Duration { settings.serverTimeout + .seconds(settings.overlap) }

  func keys(of activities: [OutcomeActivity]) async throws -> Set<String> {
    guard let first = activities.map(\.at).min() else { return [] }
    let type = try await approvedType()
    let reader = ActivityReader(client: client, attempt: "could not look for custom activities")
    let token = try await reader.start(at: first - settings.overlap).token
    let persons = Set(activities.map(\.person.text)).sorted()
    let found = try await persons.chunks(of: ActivityReader.personsPerCall)
      .concurrently(atOnce: settings.share.atOnce) { persons in
        try await reader.primaryValues(of: type, of: Array(persons), from: token)
      }
    return Set(found.joined()).intersection(activities.map(\.key))
  }

  /// A call without an answer leaves every activity unknown.
  func write(_ activities: [OutcomeActivity]) async throws -> [OutcomeActivityResult] {
    let type = try await approvedType()
    let records = activities.map { OutcomeActivityType.record(of: $0, type: type) }
    let body: JSON = ["input": .array(records)]
    let call = Call.write(
      "/rest/v1/activities/external.json", body.encoded(),
      attempt: "could not write custom activities", permission: "Read-Write Activity")
    guard activities.count == 1 || !call.isTooLarge else { throw Self.tooLarge(call) }
    do throws(ServiceError) {
      switch try await client.answer(to: call) {
      case .done(let envelope): return results(of: activities, in: envelope)
      case .refused(let refusal): throw refusal.serviceError(for: call)
      }
    } catch {
      guard error.mayHaveApplied else { throw error }
      return activities.map { OutcomeActivityResult($0.id, .unknown, requestID: error.requestID) }
    }
  }

  /// Items come in the order of the input, and do not say which they belong to.
  private func results(
    of activities: [OutcomeActivity], in envelope: Envelope
  ) -> [OutcomeActivityResult] {
    let isWhole = envelope.result.count == activities.count
    return activities.enumerated().map { place, activity in
      OutcomeActivityResult(
        activity.id, isWhole ? Self.state(envelope.result[place]) : .unknown,
        requestID: envelope.requestID)
    }
  }

  /// Unlike records, activities that were skipped have `errors` instead of `reasons`.
  private static func state(_ item: JSON) -> OutcomeActivityResult.State {
    switch item["status"]?.string?.lowercased() {
    case "added", "created":
      return .written(id: item["marketoGUID"]?.plainText ?? item["id"]?.plainText)
    case "skipped":
      let error = (item["errors"] ?? item["reasons"])?.array?.first
      let code = error?["code"]?.plainText ?? ""
      switch Treatment(code: code) {
      case .backOff, .slowDown, .stopForToday, .renewToken: return .postponed
      case _ where code == "1004": return .gone
      default:
        return .refused(Rejection(code: code, message: error?["message"]?.string ?? ""))
      }
    default: return .unknown
    }
  }

  /// The number of the approved type; every user that may read activities may ask for it.
  private func approvedType() async throws(ServiceError) -> Int64 {
    let call = Call.read(
      "/rest/v1/activities/types.json", attempt: "could not read the kinds of activities",
      permission: "Read-Only Activity")
    let types = try await client.envelope(of: call).result
    let own = types.first { type in
      let name = type["apiName"]?.string ?? ""
      return name.lowercased() == OutcomeActivityType.apiName.lowercased()
        || name.isEmpty && type["name"]?.string == OutcomeActivityType.name
    }
    guard let id = own?["id"]?.integer else {
      throw ServiceError(
        .setup, side: .marketo, attempt: "could not write custom activities",
        reason: "there is no approved custom activity \(OutcomeActivityType.apiName)",
        mend: "run 'dynsync init --provision', or set marketo.log_activities to false")
    }
    return id
  }

  private static func tooLarge(_ call: Call) -> ServiceError {
    ServiceError(
      .refusedCall, side: .marketo, attempt: call.attempt, reason: "the call would be too large",
      code: "413")
  }
}

extension MarketoConnector {
  public var outcomeLog: (any OutcomeLog)? { PersonLog(client: client) }
}
