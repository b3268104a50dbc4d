import GRDB
import Hummingbird

extension MarketoService {
  /// Edits a person as a marketer would at the screen; without an `id`, a visitor fills in a form
  /// and becomes a new person.
  ///
  /// A record with an `object` (`companies`, `opportunities`, `customobjects/NAME`) is one of that
  /// object, named by its id or its dedupe fields; it must be there.
  /// Takes a token from nobody, counts no call, and logs another source than the API's. The
  /// company values of a linked person are edited on its company, and so on all who belong to it.
  func edit(_ request: Request) async throws -> Response {
    let call = try await MarketoRequest(request, bodyLimit: Self.largestBody)
    guard let record = MarketoJSON(reading: call.body), record.members != nil else {
      return Self.refused("the body must be a JSON object with an id and fields")
    }
    let time = now()
    do {
      let answer = try await database.write { db in
        let state = try MarketoState(db, now: time)
        guard let path = record["object"]?.text else {
          let id = try Self.edit(record, state, by: .marketer)
          return MarketoJSON.members(["id": .integer(id)])
        }
        return try Self.edit(record, ofObject: path, state)
      }
      return MarketoPage.response(answer)
    } catch let failure as MarketoFailure {
      return Self.refused("\(failure.message) (\(failure.code))")
    }
  }

  /// Changes the person of the record's `id`, or adds one where it has none.
  static func edit(
    _ record: MarketoJSON, _ state: MarketoState, by author: MarketoAuthor
  ) throws -> Int64 {
    let writer = try MarketoPersonWriter(
      state: state, schema: state.personSchema(), author: author, reachesCompany: true)
    let input = try MarketoPersonInput(
      record, schema: writer.schema, allowsID: true, cutting: false)
    guard let json = record["id"] else {
      try writer.check(input, for: nil)
      return try writer.create(input, partition: 1)
    }
    guard let id = json.wholeNumber, try state.person(id, []) != nil else {
      throw MarketoFailure.leadNotFound
    }
    try writer.check(input, for: id)
    try writer.update(id, input)
    return id
  }

  private static func edit(
    _ record: MarketoJSON, ofObject path: String, _ state: MarketoState
  ) throws -> MarketoJSON {
    guard let object = try state.object(path) else {
      throw MarketoFailure.invalid("There is no object '\(path)'")
    }
    let rest = MarketoJSON.object((record.members ?? []).filter { $0.key != "object" })
    let isByID = rest[object.idField] != nil
    let key = try MarketoObjectKey(
      alias: isByID ? "idField" : "dedupeFields", member: "object", of: object)
    guard let row = try state.row(of: object, where: key.values(in: rest)) else {
      throw object.notFound
    }
    let writer = MarketoObjectWriter(object: object, state: state, author: .marketer)
    let given = try writer.given(rest, besides: key)
    try writer.checkReferences(given)
    try writer.update(row, given)
    return .object([.init(key: object.idField, value: try writer.id(of: row))])
  }
}
