import Model
import Transport

/// The type of one custom object, as the service describes it.
struct CustomObjectType: Sendable {
  /// The API name.
  let name: String
  let client: MarketoClient
  /// Whether the description of an earlier run will do.
  var isKept = false

  /// How far the type has come.
  enum Standing: Hashable, Sendable {
    case absent
    /// It was never approved, and has no records.
    case draft(Catalogue)
    /// It is approved, but its records cannot be reached yet.
    case pending
    case approved(Catalogue)
  }

  /// The approved type's fields; throws where there is none.
  func catalogue() async throws(ServiceError) -> Catalogue {
    switch try await standing() {
    case .approved(let catalogue): return catalogue
    case .absent:
      throw missing(
        reason: "there is no custom object of this name",
        mend: "run 'dynsync init --provision' or make it in Marketo")
    case .draft:
      throw missing(
        reason: "the custom object is a draft that was never approved",
        mend: "run 'dynsync init --provision' or approve it in Marketo")
    case .pending: throw notApprovedYet
    }
  }

  /// Asks for the records' description first, which needs no right to the types.
  func standing() async throws(ServiceError) -> Standing {
    if let approved = try await approved() { return .approved(approved) }
    guard let type = try await type() else { return .absent }
    return type.state == .draft ? .draft(type) : .pending
  }

  /// The description of the type's records; `nil` where it has none.
  func approved() async throws(ServiceError) -> Catalogue? {
    let catalogue = try await description(at: "\(object.path)/describe.json", object.readPermission)
    return catalogue?.state == .draft ? nil : catalogue
  }

  /// The approval did not take effect in the time that was allowed for it.
  var notApprovedYet: ServiceError {
    ServiceError(
      .unavailable(retryAfter: nil), side: .marketo,
      attempt: "could not read the fields of \(object.words)",
      reason: "the custom object's approval has not taken effect",
      mend: "try again in a few minutes")
  }

  /// The type itself: its approved version where there is one, else its draft.
  ///
  /// Without the right to types, a draft cannot be told from nothing.
  private func type() async throws(ServiceError) -> Catalogue? {
    do {
      return try await description(
        at: "\(Self.schemaPath)/\(name)/describe.json", Self.permission)
    } catch {
      guard error.kind == .rights || error.kind == .setup else { throw error }
      return nil
    }
  }

  /// What the service refuses about a call that has but a name in it is the name.
  private func description(
    at path: String, _ permission: String
  ) async throws(ServiceError) -> Catalogue? {
    var call = Call.read(
      path, attempt: "could not read the fields of \(object.words)", permission: permission)
    call.isKept = isKept
    switch try await client.answer(to: call) {
    case .done(let envelope):
      return envelope.result.isEmpty ? nil : Catalogue(standardObject: envelope.result)
    case .refused(let refusal) where refusal.isOfName: return nil
    case .refused(let refusal): throw refusal.serviceError(for: call)
    }
  }

  private func missing(reason: String, mend: String) -> ServiceError {
    ServiceError(
      .schema(nil), side: .marketo, attempt: "could not read the fields of \(object.words)",
      reason: reason, mend: mend)
  }

  private var object: ServiceObject { .custom(name) }

  static let schemaPath = "/rest/v1/customobjects/schema"
  static let permission = "Read-Write Custom Object Type"
}

extension Refusal {
  fileprivate var isOfName: Bool {
    treatment == .refusedData || treatment == .nothingThere || code == "610" || code == "404"
  }
}
