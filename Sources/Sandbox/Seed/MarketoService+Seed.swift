import GRDB

extension MarketoService {
  /// Adds the organisation's persons, as visitors who filled in a form.
  ///
  /// All of them or, where one is refused, none.
  public func seed(_ organisation: SampleOrganisation) throws {
    let time = now()
    try database.write { db in
      let state = try MarketoState(db, now: time)
      for person in organisation.persons {
        _ = try Self.edit(person.record, state, by: .marketer)
      }
    }
  }
}

extension SamplePerson {
  /// The person as an edit takes it.
  fileprivate var record: MarketoJSON {
    .object(
      values.sorted { $0.key < $1.key }.map { name, value in
        switch value {
        case .text(let text): .init(key: name, value: .string(text))
        case .integer(let number): .init(key: name, value: .integer(number))
        case .decimal(let digits): .init(key: name, value: .number(digits))
        case .boolean(let truth): .init(key: name, value: .bool(truth))
        case .reference(_, let id): .init(key: name, value: .string(id))
        case .null: .init(key: name, value: .null)
        }
      })
  }
}
