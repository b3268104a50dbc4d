import Model
import Transport

extension CustomObjectType {
  /// Makes the type as `definition` says, and tells whether there was anything to do.
  ///
  /// A type that stands approved is left as it is. Each call leaves a draft from which the next try
  /// goes on: what it lacks is added, and it is approved.
  func make(_ definition: ObjectDefinition) async throws(ServiceError) -> Bool {
    switch try await standing() {
    case .approved: return false
    case .pending: break
    case .draft(let draft):
      try await add(definition.typeFields.filter { !draft.has($0.name) })
      try await approve()
    case .absent:
      try await send(Self.schemaPath, definition.type(named: name))
      try await add(definition.typeFields)
      try await approve()
    }
    try await awaitApproval()
    return true
  }

  private func add(_ fields: [TypeField]) async throws(ServiceError) {
    guard !fields.isEmpty else { return }
    try await send(
      "\(Self.schemaPath)/\(name)/addField", ["input": .array(fields.map(\.definition))])
  }

  private func approve() async throws(ServiceError) {
    try await send("\(Self.schemaPath)/\(name)/approve", [:])
  }

  /// How long an approval takes is not documented: asked at once, and then for a minute.
  private func awaitApproval() async throws(ServiceError) {
    for wait in [1, 2, 4, 8, 15, 30] {
      if try await approved() != nil { return }
      try await client.pause(.seconds(wait), attempt: attempt)
    }
    guard try await approved() != nil else { throw notApprovedYet }
  }

  private var attempt: String { "could not make the custom object \(name)" }

  private func send(_ path: String, _ body: JSON) async throws(ServiceError) {
    let call = Call.write(
      "\(path).json", body.encoded(), attempt: attempt,
      permission: Self.permission)
    switch try await client.answer(to: call) {
    case .done: return
    case .refused(let refusal) where refusal.treatment == .refusedData:
      throw ServiceError(
        .setup, side: .marketo, attempt: call.attempt, reason: "its definition was refused",
        mend: "make it in Admin > Marketo Custom Objects", code: refusal.code,
        requestID: refusal.requestID)
    case .refused(let refusal): throw refusal.serviceError(for: call)
    }
  }
}

extension ObjectDefinition {
  /// The type without its fields, as `customobjects/schema.json` takes it.
  fileprivate func type(named name: String) -> JSON {
    [
      "action": "createOnly", "apiName": .string(name), "displayName": .string(label),
      "pluralName": .string(label), "description": "Kept by dynsync",
      "showInLeadDetail": .boolean(parent.object == .person),
    ]
  }

  /// The key, the link, then the others.
  fileprivate var typeFields: [TypeField] {
    let own = [TypeField(key: keyField), TypeField(link: parent)]
    let taken = Set(own.map(\.name))
    return own + fields.filter { !taken.contains($0.name) }.map { TypeField($0) }
  }
}

extension Catalogue {
  /// Names are compared without case.
  fileprivate func has(_ name: FieldName) -> Bool {
    fields.keys.contains { $0.rawValue.lowercased() == name.rawValue.lowercased() }
  }
}
