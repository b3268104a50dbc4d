/// What becomes of the records that name a person when the person goes.
///
/// Adobe's pages are silent here. A record that cannot be told apart without the person (a role)
/// goes with it; any other keeps standing. Nothing of it is logged: the entries of a merged person
/// become the winner's anyway.
struct MarketoPersonTies {
  let state: MarketoState

  /// Cuts the ties of a person that is about to be deleted.
  func cut(_ person: Int64) throws {
    for (object, link) in try links() where link.personField == "id" {
      if object.dedupeFields.contains(link.field.name) {
        try state.deleteRecords(of: object, where: link.field, equals: .integer(person))
      } else {
        try state.replace(link.field, .integer(person), with: .empty, in: object)
      }
    }
  }

  /// Hands the ties of a person on to the one it is merged into.
  ///
  /// Where the winner has the same record already, as the same role in the same opportunity, the
  /// winner's stays. A link over another field than the id follows if nobody else has its value.
  func move(from loser: Int64, to winner: Int64) throws {
    let schema = try state.personSchema()
    for (object, link) in try links() {
      let field = try schema.fields([link.personField])
      guard let old = try state.person(loser, field)?[link.personField], old != .empty,
        let new = try state.person(winner, field)?[link.personField], new != .empty
      else { continue }
      if link.personField != "id" {
        let sharing = try field.first.map { try state.personIDs(where: $0, equals: old) } ?? []
        guard sharing == [loser] else { continue }
      }
      try state.replace(link.field, old, with: new, in: object)
      if object.dedupeFields.contains(link.field.name) {
        try state.deleteRecords(of: object, where: link.field, equals: old)
      }
    }
  }

  private struct Link {
    var field: MarketoField
    var personField: String
  }

  private func links() throws -> [(MarketoObject, Link)] {
    try state.objects().flatMap { object in
      object.references.compactMap { reference -> (MarketoObject, Link)? in
        guard case .person(let name) = reference.target, let field = object.field(reference.field)
        else { return nil }
        return (object, Link(field: field, personField: name))
      }
    }
  }
}
