import Model
import Transport

/// Puts writes of one kind to one object into the service's words.
struct WriteForm: Sendable {
  let object: ServiceObject
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
      for (field, value) in write.fields { record[field.rawValue] = WireValue.json(value) }
    }
    switch write.action {
    case .create(let key):
      let field = object == .person ? settings.personKey : object.idField
      record[field.rawValue] = .string(key)
    case .update(let id, _), .delete(let id):
      record[object.idField.rawValue] = identity(id)
    }
    return record
  }

  private func identity(_ id: RecordID) -> JSON {
    guard object == .person, let number = Int64(id.text) else { return .string(id.text) }
    return .integer(number)
  }
}
