import Model
import Transport

/// Keeps what the service says of its objects, read once each.
///
/// An actor because it guards the descriptions that were read; two that ask for one at the same time
/// may both read it, which is harmless.
actor Metadata {
  private let client: MarketoClient
  private var known: [ServiceObject: Catalogue] = [:]

  init(client: MarketoClient) { self.client = client }

  /// The fields of `object`.
  func catalogue(of object: ServiceObject) async throws(ServiceError) -> Catalogue {
    if let catalogue = known[object] { return catalogue }
    let catalogue = try await read(object)
    known[object] = catalogue
    return catalogue
  }

  /// Forgets everything: the next question asks the service.
  ///
  /// Tells whether something of an earlier run was known and not confirmed.
  @discardableResult
  func forget() async -> Bool {
    known = [:]
    return await client.kept.forget()
  }

  private func read(_ object: ServiceObject) async throws(ServiceError) -> Catalogue {
    if case .custom(let name) = object {
      return try await CustomObjectType(name: name, client: client, isKept: true).catalogue()
    }
    let older = try await describe(object, "describe")
    guard object == .person else { return Catalogue(standardObject: older) }
    return Catalogue(person: older, newer: try await describe(object, "describe2"))
  }

  private func describe(
    _ object: ServiceObject, _ name: String
  ) async throws(ServiceError) -> [JSON] {
    var call = Call.read(
      "\(object.path)/\(name).json", attempt: "could not read the fields of \(object.words)",
      permission: object.readPermission)
    call.isKept = true
    return try await client.envelope(of: call).result
  }
}
