/// Creates, changes and removes records of an object of the shared pattern, with all that follows:
/// references are checked, parts go along, and the persons that are named log it.
///
/// Whatever refuses a record throws before anything of it is written.
struct MarketoObjectWriter {
  let object: MarketoObject
  let state: MarketoState
  var author = MarketoAuthor.api

  private var log: MarketoObjectLog { MarketoObjectLog(object: object, state: state) }

  /// Reads what a record gives beside its key.
  ///
  /// Throws the reason for which the record is skipped: a field that is not there or cannot be
  /// written (1006), or a value that it cannot hold (1001).
  func given(_ record: MarketoJSON, besides key: MarketoObjectKey) throws -> [MarketoFieldValue] {
    guard let members = record.members else { throw MarketoFailure.invalid("Invalid record") }
    let cutting = state.settings.isOn(.cutOverlong)
    let aliases = key.names.contains("marketoGUID") ? ["marketoGuid"] : []
    return try members.compactMap { member in
      if aliases.contains(member.key) { return nil }
      guard let field = object.field(member.key) else { throw MarketoFailure.field(member.key) }
      if key.names.contains(field.name) {
        _ = try field.value(member.value, cutting: false)
        return nil
      }
      guard field.isUpdateable, !object.dedupeFields.contains(field.name) else {
        throw MarketoFailure.field(member.key)
      }
      return MarketoFieldValue(
        field: field, value: try field.value(member.value, cutting: cutting))
    }
  }

  /// Refuses values that name a record or a person that is not there.
  func checkReferences(_ values: [MarketoFieldValue]) throws {
    for reference in object.references {
      guard let value = values.first(where: { $0.field.name == reference.field })?.value else {
        continue
      }
      try check(reference, value)
    }
  }

  /// Refuses the whole call for a record whose reference says so; all others are checked one by
  /// one.
  func checkWholeCall(_ records: [MarketoJSON]) throws {
    for reference in object.references where reference.failsCall {
      guard let field = object.field(reference.field) else { continue }
      for record in records {
        guard let json = record[reference.field],
          let value = try? field.value(json, cutting: false)
        else { continue }
        try check(reference, value)
      }
    }
  }

  /// Adds a record and answers its row.
  func create(_ key: [MarketoFieldValue], _ given: [MarketoFieldValue]) throws -> Int64 {
    for name in object.required
    where given.first(where: { $0.field.name == name })?.value ?? .empty == .empty {
      throw MarketoFailure.missing(name)
    }
    var stamped = key + given + stamps(["createdAt", "updatedAt"])
    if !object.hasNumericID, let field = object.field(object.idField) {
      let name = try "\(object.path)-\(state.nextSerial(of: object))"
      stamped.append(.init(field: field, value: .text(SampleRandom.guid(named: name))))
    }
    let row = try state.insert(object, stamped)
    try log.added(row)
    return row
  }

  /// Changes a record; a field whose value stays the same is left alone.
  func update(_ row: Int64, _ given: [MarketoFieldValue]) throws {
    for name in object.required
    where given.first(where: { $0.field.name == name })?.value == .empty {
      throw MarketoFailure.missing(name)
    }
    if object.isShownByPersons {
      try MarketoCompanyWriter(state: state, author: author).update(row, given)
      return
    }
    let before = try state.record(of: object, row: row, given.map(\.field))
    let changes = given.filter { before[$0.field.name] != $0.value }
    guard !changes.isEmpty else { return }
    try state.update(object, row: row, changes + stamps(["updatedAt"]))
    try log.changed(row, changes)
  }

  /// Removes a record, and first the parts that go along with it.
  func remove(_ row: Int64) throws {
    for part in object.parts {
      guard let other = try state.object(part.path), let key = object.field(part.key),
        let field = other.field(part.field),
        let value = try state.record(of: object, row: row, [key])[key.name]
      else { continue }
      let writer = MarketoObjectWriter(object: other, state: state, author: author)
      for row in try state.rows(of: other, where: field, equals: value) { try writer.remove(row) }
    }
    try log.removed(row)
    try state.delete(object, row: row)
  }

  /// The id of a record as an answer writes it.
  func id(of row: Int64) throws -> MarketoJSON {
    let fields = object.field(object.idField).map { [$0] } ?? []
    return try (state.record(of: object, row: row, fields)[object.idField] ?? .empty).json
  }

  private func check(_ reference: MarketoObject.Reference, _ value: MarketoValue) throws {
    guard value != .empty else { return }
    let isThere: Bool =
      switch reference.target {
      case .person(let name):
        try state.personField(name).map { field in
          try !state.personIDs(where: field, equals: value).isEmpty
        } ?? false
      case .object(let path, let name):
        try state.object(path).flatMap { target in
          try target.field(name).flatMap { field in
            try state.row(of: target, where: [.init(field: field, value: value)])
          }
        } != nil
      }
    guard isThere else { throw reference.missing }
  }

  private func stamps(_ names: [String]) -> [MarketoFieldValue] {
    names.compactMap { name in
      object.field(name).map { MarketoFieldValue(field: $0, value: state.nowText) }
    }
  }
}
