import Model
import Transport

/// Puts writes of one kind to one object into the service's words.
struct WriteForm: Sendable {
  let object: ServiceObject
  let schema: ObjectSchema
  let kind: WriteKind
  let settings: MarketoSettings

  /// One call that carries out all of `writes`.
  ///
  /// A create is `createOrUpdate` by the key that was chosen beforehand, so that a repeat finds the
  /// first; an update is `updateOnly` by id, so that it never makes a record.
  func call(_ writes: [Write]) -> Call {
    let input = JSON.array(writes.map { .object(record($0)) })
    let body = JSON.object(frame.merging(["input": input]) { _, last in last })
    return .write(
      kind == .delete ? "\(object.path)/delete.json" : "\(object.path).json", body.encoded(),
      attempt: "could not \(kind.rawValue) \(object.words)", permission: object.writePermission)
  }

  private var frame: [String: JSON] {
    switch (object, kind) {
    case (.person, .create):
      var frame: [String: JSON] = [
        "action": "createOrUpdate", "lookupField": .string(settings.personKey.rawValue),
      ]
      frame["partitionName"] = settings.partition.map(JSON.string)
      return frame
    case (.person, .update): return ["action": "updateOnly", "lookupField": "id"]
    case (.person, .delete): return [:]
    case (_, .create): return ["action": "createOrUpdate", "dedupeBy": "dedupeFields"]
    case (_, .update): return ["action": "updateOnly", "dedupeBy": "dedupeFields"]
    case (_, .delete): return ["deleteBy": "dedupeFields"]
    }
  }

  private func record(_ write: Write) -> [String: JSON] {
    var record: [String: JSON] = [:]
    if kind != .delete {
      for (field, value) in write.fields {
        record[field.rawValue] = WireValue.json(rounded(value, of: field))
      }
    }
    return record.merging(identity(of: write.action)) { _, key in key }
  }

  /// A number goes with the decimals that the service keeps: how it would round is not documented.
  private func rounded(_ value: Value, of field: FieldName) -> Value {
    guard case .decimal = value else { return value }
    return schema.fields[field]?.storedForm(value) ?? value
  }

  /// The members by which the service knows the record.
  private func identity(of action: Write.Action) -> [String: JSON] {
    switch action {
    case .create(let key) where object == .person:
      [settings.personKey.rawValue: .string(key)]
    case .update(let id, _) where object == .person, .delete(let id) where object == .person:
      [schema.keyField.rawValue: Int64(id.text).map(JSON.integer) ?? .string(id.text)]
    case .create(let key): members(of: key)
    case .update(let id, _), .delete(let id): members(of: id.text)
    }
  }

  /// A role's key is three members; what is none is left out, for the service to refuse.
  private func members(of key: String) -> [String: JSON] {
    object == .opportunityRole
      ? RoleKey(key)?.members ?? [:] : [schema.keyField.rawValue: .string(key)]
  }
}
