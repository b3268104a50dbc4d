import Model

extension People {
  /// Edits one of the fields that were edited last once more, or its counterpart on the other side.
  ///
  /// Nothing tries a sync harder than two people at one field.
  func editAgain(_ event: HumanEvent) async -> Bool {
    let edits = world.ledger.filter { entry in
      entry.author == .human && [.lead, .contact, .person].contains(entry.object)
        && objects.editable(entry.object).contains(entry.field)
    }.suffix(4)
    guard let last = edits.dropFirst(event.who % max(1, edits.count)).first else { return false }
    if event.what % 2 == 0 {
      return await type(event, last.object, last.id, last.field)
    }
    return last.side == .dynamics
      ? await contradictInMarketo(event, last) : await contradictInDynamics(event, last)
  }

  private func contradictInMarketo(_ event: HumanEvent, _ edit: LedgerEntry) async -> Bool {
    let persons = await marketo.rows[.person] ?? [:]
    let person = persons.keys.sorted().first {
      persons[$0]?[objects.personKey] == .text(edit.id)
    }
    guard let person,
      let pair = pairs(of: edit.object).first(where: { $0.field(on: .dynamics) == edit.field }),
      objects.editable(.person).contains(pair.marketo)
    else { return false }
    return await type(event, .person, person, pair.marketo)
  }

  private func contradictInDynamics(_ event: HumanEvent, _ edit: LedgerEntry) async -> Bool {
    guard let key = await marketo.fields(.person, edit.id)?[objects.personKey]?.canonicalText
    else { return false }
    for object in [ObjectType.lead, .contact] where await dynamics.record(object, key) != nil {
      let name = pairs(of: object).first { $0.marketo == edit.field }?.field(on: .dynamics)
      guard let name, objects.editable(object).contains(name) else { return false }
      return await type(event, object, key, name)
    }
    return false
  }

  private func pairs(of object: ObjectType) -> [FieldPair] {
    rules.entities.first { $0.dynamics == object }?.pairs ?? []
  }

  private func type(
    _ event: HumanEvent, _ object: ObjectType, _ id: String, _ name: FieldName
  ) async -> Bool {
    let value = await value(event, object, name)
    if object.side == .marketo {
      guard await marketo.fields(object, id) != nil else { return false }
      await marketo.put(object, id, [name: value], isLate: event.who % 3 == 0)
    } else {
      guard await dynamics.record(object, id) != nil else { return false }
      await dynamics.put(object, id, [name: value])
    }
    return true
  }

  /// The newest person that carries no key: nobody's yet.
  func pickStranger() async -> String? {
    (await marketo.rows[.person] ?? [:]).filter {
      $0.value[objects.personKey, default: .empty].isEmpty
    }.keys.max()
  }
}
