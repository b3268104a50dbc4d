import Model
import Transport

extension MarketoConnector {
  /// Makes the link fields that persons do not have yet, and the custom objects that do not stand.
  ///
  /// A field of persons can be hidden later, but never deleted. After a failure the same call goes on
  /// with what was made so far.
  public func provision(_ objects: [ObjectDefinition]) async throws -> [String] {
    var made = try await makeLinkFields()
    for definition in objects {
      let attempt = "could not make the custom object \(definition.object.name)"
      let object = try known(definition.object, attempt: attempt)
      guard case .custom(let name) = object else { continue }
      guard try await CustomObjectType(name: name, client: client).make(definition) else {
        continue
      }
      await metadata.forget()
      made.append(name)
    }
    return made
  }

  private func makeLinkFields() async throws -> [String] {
    let present = try await metadata.catalogue(of: .person).fields
    let missing = settings.linkFields.filter { present[$0.name] == nil }
    guard !missing.isEmpty else { return [] }
    let body: JSON = ["input": .array(missing.map(\.definition))]
    let call = Call.write(
      "/rest/v1/leads/schema/fields.json", body.encoded(),
      attempt: "could not make fields of persons",
      permission: "Read-Write Schema Custom Field")
    let envelope = try await client.envelope(of: call)
    await metadata.forget()
    return try made(missing, envelope, call).map(\.rawValue)
  }

  private func made(
    _ fields: [LinkField], _ envelope: Envelope, _ call: Call
  ) throws(ServiceError) -> [FieldName] {
    var made: [FieldName] = []
    for (field, item) in zip(fields, envelope.result) {
      let status = RecordStatus(item)
      switch status {
      case .done: made.append(field.name)
      case .skipped(let reason) where reason.code == Self.alreadyThere: continue
      case .skipped(let reason):
        throw ServiceError(
          .setup, side: .marketo, attempt: call.attempt,
          reason: "the field \(field.name) was refused",
          mend: "make it in Admin > Field Management, of type \(field.dataType)",
          code: reason.code, requestID: envelope.requestID)
      case .unclear: continue
      }
    }
    return made
  }

  /// Somebody made the field in the meantime.
  private static let alreadyThere = "1005"
}
