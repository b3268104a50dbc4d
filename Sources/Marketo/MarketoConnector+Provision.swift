import Model
import Transport

extension MarketoConnector {
  /// Makes the link fields that persons do not have yet.
  ///
  /// Such a field can be hidden later, but never deleted.
  public func provision(_ objects: [ObjectDefinition]) async throws -> [String] {
    let present = try await metadata.catalogue(of: .person).fields
    let missing = settings.linkFields.filter { present[$0.name] == nil }
    guard !missing.isEmpty else { return [] }
    let body: JSON = ["input": .array(missing.map(\.definition))]
    let call = Call.write(
      "/rest/v1/leads/schema/fields.json", body.encoded(),
      attempt: "could not make fields of persons",
      permission: "Read-Write Schema Custom Field")
    let envelope = try await client.envelope(of: call)
    await metadata.forget(.person)
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
