import Model
import Transport

extension PersonLog {
  /// Makes the custom activity and approves it; one that stands approved is left as it is.
  ///
  /// Each call leaves a draft from which the next try goes on.
  func provision() async throws -> [String] {
    switch try await standing() {
    case .approved: return []
    case .draft(let attributes):
      try await add(attributes)
    case .absent:
      try await send("/type", OutcomeActivityType.definition)
      try await add([])
    }
    try await send("\(Self.type)/approve", [:])
    return [OutcomeActivityType.apiName]
  }

  /// How far the type has come.
  private enum Standing {
    case absent
    /// It was never approved; these of its attributes are there.
    case draft(Set<String>)
    case approved
  }

  private func standing() async throws(ServiceError) -> Standing {
    let call = Call.read(
      "\(Self.path)\(Self.type)/describe.json", [Parameter("draft", "true")], attempt: Self.attempt,
      permission: "Read-Write Activity Metadata")
    switch try await client.answer(to: call) {
    case .done(let envelope): return Self.standing(of: envelope.result.first)
    case .refused(let refusal) where refusal.isOfUnknownType: return .absent
    case .refused(let refusal): throw refusal.serviceError(for: call)
    }
  }

  private static func standing(of type: JSON?) -> Standing {
    switch type?["status"]?.string?.lowercased() {
    case nil, "deleted": return .absent
    case "draft":
      let names = type?["attributes"]?.array?.compactMap { $0["apiName"]?.string } ?? []
      return .draft(Set(names))
    default: return .approved
    }
  }

  private func add(_ standing: Set<String>) async throws(ServiceError) {
    let missing = OutcomeActivityType.attributes.filter { !standing.contains($0.key) }
      .map(OutcomeActivityType.definition)
    guard !missing.isEmpty else { return }
    try await send("\(Self.type)/attributes/create", ["attributes": .array(missing)])
  }

  private func send(_ path: String, _ body: JSON) async throws(ServiceError) {
    let call = Call.write(
      "\(Self.path)\(path).json", body.encoded(), attempt: Self.attempt,
      permission: "Read-Write Activity Metadata")
    switch try await client.answer(to: call) {
    case .done: return
    case .refused(let refusal) where [.refusedData, .misuse].contains(refusal.treatment):
      throw ServiceError(
        .setup, side: .marketo, attempt: Self.attempt, reason: Self.reason(of: refusal),
        mend: "make it in Admin > Marketo Custom Activities, or delete one that nobody uses",
        code: refusal.code, requestID: refusal.requestID)
    case .refused(let refusal): throw refusal.serviceError(for: call)
    }
  }

  private static func reason(of refusal: Refusal) -> String {
    refusal.code == "1027"
      ? "the subscription has as many custom activities as it may have"
      : "its definition was refused"
  }

  private static let path = "/rest/v1/activities/external"
  private static let type = "/type/\(OutcomeActivityType.apiName)"
  private static let attempt = "could not make the custom activity \(OutcomeActivityType.apiName)"
}

extension Refusal {
  fileprivate var isOfUnknownType: Bool {
    treatment == .refusedData || treatment == .nothingThere || code == "610" || code == "404"
  }
}
