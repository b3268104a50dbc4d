import GRDB
import Hummingbird

extension MarketoService {
  /// Edits a person as a marketer would at the screen; without an `id`, a visitor fills in a form
  /// and becomes a new person.
  ///
  /// Takes a token from nobody, counts no call, and logs another source than the API's. The
  /// company values of a linked person are edited on its company, and so on all who belong to it.
  func edit(_ request: Request) async throws -> Response {
    let call = try await MarketoRequest(request, bodyLimit: Self.largestBody)
    guard let record = MarketoJSON(reading: call.body), record.members != nil else {
      return Self.refused("the body must be a JSON object with an id and fields")
    }
    let time = now()
    do {
      let id = try await database.write { db in
        try Self.edit(record, MarketoState(db, now: time), by: .marketer)
      }
      return MarketoPage.response(.members(["id": .integer(id)]))
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
}
