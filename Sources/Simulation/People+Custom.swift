import Model

extension People {
  /// What people do with the rows of custom entities, each of which hangs on a contact.
  private var custom: EntityRule? { rules.entities.first { $0.custom != nil } }

  func newCustom(_ event: HumanEvent) async -> Bool {
    guard let custom else { return false }
    let parent = await parent(event, custom)
    var fields: [FieldName: Value] = [:]
    for name in objects.editable(custom.dynamics) { fields[name] = .text("V\(event.number)") }
    await dynamics.put(
      custom.dynamics, "custom-\(event.number)", fields, facts: { $0.parent = parent })
    return true
  }

  func editCustom(_ event: HumanEvent) async -> Bool {
    guard let custom, let id = await pick(custom.dynamics, event.who),
      let name = objects.editable(custom.dynamics).first
    else { return false }
    await dynamics.put(custom.dynamics, id, [name: .text("V\(event.number)")])
    return true
  }

  func moveCustom(_ event: HumanEvent) async -> Bool {
    guard let custom, let id = await pick(custom.dynamics, event.who),
      let parent = await parent(event, custom)
    else { return false }
    await dynamics.put(custom.dynamics, id, facts: { $0.parent = parent })
    return true
  }

  private func parent(_ event: HumanEvent, _ rule: EntityRule) async -> Reference? {
    let object: ObjectType = rule.custom?.parentObject == .company ? .account : .contact
    return await pick(object, event.what).map { Reference(object, .dynamics($0)) }
  }
}

extension SyncRules {
  /// Whether a field of Marketo holds the labels of an option field of Dynamics.
  func isLabel(_ name: FieldName, of object: ObjectType) -> Bool {
    entities.contains { entity in
      entity.marketo == object
        && entity.pairs.contains {
          $0.marketo == name
            && $0.field(on: .dynamics).map { SimulatedField.dynamics($0).type == .option } == true
        }
    }
  }
}
