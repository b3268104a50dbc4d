/// Answers the query of an object of the shared pattern.
///
/// Only records with a key are found; there is no list of all.
enum MarketoObjectQuery {
  /// The records of the keys asked for, in pages without a token on the last one.
  static func answer(_ object: MarketoObject, _ call: MarketoCall) throws -> MarketoAnswer {
    let name = try filterType(call)
    let key = try MarketoObjectKey(filter: name, of: object)
    let keys = try keys(key, call)
    let asked = try asked(object, call)
    let list = object.path
    let after = try MarketoPositionToken.row(
      list, call.parameters["nextPageToken"] ?? call.option("nextPageToken"))
    let size = try call.batchSize()
    let found = try call.state.records(
      of: object, where: key.names, in: keys, after: after, limit: size + 1, fields: asked)
    let page = found.prefix(size)
    let leavesOutEmpty = object.showsAllFields && fieldNames(call).isEmpty
    return MarketoAnswer(
      result: page.enumerated().map { seq, record in
        element(seq, record, asked, leavesOutEmpty: leavesOutEmpty)
      },
      nextPageToken: found.count > size
        ? page.last.map { MarketoPositionToken.text(list, after: $0.row) } : nil)
  }

  private static func filterType(_ call: MarketoCall) throws(MarketoFailure) -> String {
    guard let name = call.parameters["filterType"] ?? call.option("filterType") else {
      throw .invalid("filterType not specified")
    }
    return name
  }

  private static func keys(
    _ key: MarketoObjectKey, _ call: MarketoCall
  ) throws(MarketoFailure) -> [[MarketoValue]] {
    var keys: [[MarketoValue]] = []
    if call.body?["input"] != nil {
      for record in try call.input() { try keys.append(key.values(in: record).map(\.value)) }
      return keys
    }
    guard let field = key.fields.first, key.fields.count == 1 else {
      throw .invalid("A compound key needs its values in the body")
    }
    let texts = call.parameters.list("filterValues")
    guard !texts.isEmpty else { throw .invalid("filterValues not specified") }
    guard texts.count <= MarketoCall.batchLimit else {
      throw .invalid("The number of filterValues exceeds the limit of \(MarketoCall.batchLimit)")
    }
    for text in texts {
      keys.append(
        field.type.kind == .integer ? [try field.type.value(.string(text))] : [.text(text)])
    }
    return keys
  }

  private static func fieldNames(_ call: MarketoCall) -> [String] {
    call.parameters.list("fields") + (call.body?["fields"]?.elements ?? []).compactMap(\.text)
  }

  /// The fields to show: the id and the dedupe fields always, then those asked for.
  private static func asked(
    _ object: MarketoObject, _ call: MarketoCall
  ) throws(MarketoFailure) -> [MarketoField] {
    var names = [object.idField] + object.dedupeFields
    let given = fieldNames(call).map { $0 == "marketoGuid" ? "marketoGUID" : $0 }
    if given.isEmpty {
      names += object.showsAllFields ? object.fields.map(\.name) : ["updatedAt", "createdAt"]
    } else {
      names += given
    }
    var fields: [MarketoField] = []
    for name in names where !fields.contains(where: { $0.name == name }) {
      guard let field = object.field(name) else { throw .field(name) }
      fields.append(field)
    }
    return fields
  }

  private static func element(
    _ seq: Int, _ record: MarketoObjectRow, _ fields: [MarketoField], leavesOutEmpty: Bool
  ) -> MarketoJSON {
    let shown = zip(fields, record.values).filter { !leavesOutEmpty || $1 != .empty }
    return .object(
      [.init(key: "seq", value: .integer(seq))]
        + shown.map { .init(key: $0.name, value: $0.json($1)) })
  }
}
