import Model

extension MarketoConnector {
  public func describe(
    _ object: ObjectType, selecting fields: [FieldName]
  ) async throws -> ObjectSchema {
    let known = try known(object, attempt: "could not read the fields of \(object.name)")
    let catalogue = try await metadata.catalogue(of: known)
    if known != .person { try refuseManaged(catalogue, of: known) }
    let anchor = try Anchor(of: known, in: catalogue)
    let companies = known == .person ? try await companiesIfAllowed() : Catalogue()
    return ObjectSchema(
      object, keyField: anchor.keyField,
      fields: catalogue.fields(fields, of: known, by: anchor, companies: companies),
      feed: known == .person ? .notices : .none, parent: anchor.parent)
  }

  /// The company's own custom fields are not writable on persons that have one; without the right to
  /// read companies, only the standard ones are known.
  private func companiesIfAllowed() async throws(ServiceError) -> Catalogue {
    do {
      return try await metadata.catalogue(of: .company)
    } catch {
      guard error.kind == .rights || error.kind == .setup else { throw error }
      return Catalogue()
    }
  }

  /// A native CRM sync makes these objects read-only: better said before the first write is refused.
  private func refuseManaged(
    _ catalogue: Catalogue, of object: ServiceObject
  ) throws(ServiceError) {
    guard catalogue.fields.values.contains(where: \.isManaged) else { return }
    let attempt = "could not prepare to write \(object.words)"
    let call = Call.write("", [], attempt: attempt, permission: object.writePermission)
    throw Refusal(code: "1018").serviceError(for: call)
  }
}
