import Model

/// Carries out what people do on both simulated sides.
struct People: Sendable {
  let dynamics: SimulatedDynamics
  let marketo: SimulatedMarketo
  let world: SimulatedWorld
  let rules: SyncRules
  let objects: SimulatedObjects

  /// Does it, if there is a record to do it to, and counts it.
  func perform(_ event: HumanEvent) async {
    if await carryOut(event) { world.count(event.kind.rawValue) }
  }

  private func carryOut(_ event: HumanEvent) async -> Bool {
    switch event.kind {
    case .newLead: await create(.lead, event)
    case .newContact: await create(.contact, event)
    case .newAccount: await create(.account, event)
    case .newUser: await newUser(event)
    case .newPerson: await newPerson(event)
    case .editLead: await edit(.lead, event)
    case .editContact: await edit(.contact, event)
    case .editAccount: await edit(.account, event)
    case .editPerson: await editPerson(event)
    case .editAgain: await editAgain(event)
    case .editCompany: await editCompany(event)
    case .optOutInDynamics: await setOptOut(true, event)
    case .optOutInMarketo: await setUnsubscribed(true, event)
    case .optInInDynamics: await setOptOut(false, event)
    case .optInInMarketo: await setUnsubscribed(false, event)
    case .deleteLead: await delete(.lead, event)
    case .deleteContact: await delete(.contact, event)
    case .deletePerson: await deletePerson(event)
    case .recreate:
      await dynamics.recreate(event.who, as: event.what % 2 == 0 ? "again-\(event.number)" : nil)
    case .mergeLeads: await merge(.lead, event)
    case .mergeContacts: await merge(.contact, event)
    case .mergePersons: await mergePersons(event)
    case .qualify: await qualify(event)
    case .reown: await reown(event)
    case .moveAccount: await moveAccount(event)
    case .leaveAccount: await change(.contact, event) { $0.account = nil }
    case .relabel: await relabel(event)
    case .leaveFilter: await change(.lead, event) { $0.isIncluded = false }
    case .enterFilter: await enterFilter(event)
    case .deactivate: await change(.contact, event) { $0.state = .inactive }
    case .editKey: await editKey(event, to: .text("typed \(event.number)"))
    case .copyKey: await copyKey(event)
    case .request: await request(event)
    case .newOpportunity: await newOpportunity(event)
    case .moveOpportunity: await moveOpportunity(event)
    case .closeOpportunity: await closeOpportunity(event)
    case .connect: await connect(event)
    case .disconnect: await disconnect(event)
    case .newCustom: await newCustom(event)
    case .editCustom: await editCustom(event)
    case .moveCustom: await moveCustom(event)
    }
  }

  // What is typed.

  /// A value that holds the event's number, in one of the forms that services store otherwise.
  static func text(_ event: HumanEvent, _ field: FieldName) -> Value {
    let word = "V\(event.number)"
    if field.rawValue.hasPrefix("email") { return .text("\(word)@sim.test") }
    return switch event.number % 13 {
    case 0: .empty
    case 1: .text("\(word) ")
    case 2: .text(" \(word)")
    case 3: .text("\(word) é!")
    case 4: .text("\(word) Who?")
    case 5: .text("\(word) with a very long tail")
    case 6: .text("\(word) refused")
    default: .text(word)
    }
  }

  /// What is typed into a field, or chosen there.
  func value(_ event: HumanEvent, _ object: ObjectType, _ name: FieldName) async -> Value {
    let options = await dynamics.options(of: SimulatedField.optionField)
    let option = options[event.number % options.count]
    if object.side == .dynamics, SimulatedField.dynamics(name).type == .option {
      return .option(option.number)
    }
    if rules.isLabel(name, of: object) { return .text(option.label) }
    let field =
      object.side == .dynamics ? SimulatedField.dynamics(name) : SimulatedField.marketo(name)
    if field.type == .decimal {
      return event.number % 13 == 0
        ? .empty : ExactDecimal("\(event.number).56").map(Value.decimal) ?? .empty
    }
    let text = Self.text(event, name)
    // A person cannot type more than the column takes.
    guard object.side == .dynamics, case .text(let words) = text,
      let length = SimulatedField.dynamics(name).length
    else { return text }
    return .text(String(words.prefix(length)))
  }

  private func owner(_ event: HumanEvent) async -> Reference {
    if event.what % 5 == 3, let team = await pick(.team, event.who) {
      return Reference(.team, .dynamics(team))
    }
    let users = await dynamics.ids(.user)
    return Reference(.user, .dynamics(users[event.what % users.count]))
  }

  private func isSynced(_ object: ObjectType) -> Bool {
    rules.entities.contains { $0.object(on: object.side) == object }
  }

  func pick(_ object: ObjectType, _ number: Int) async -> String? {
    let ids = await dynamics.ids(object)
    return ids.isEmpty ? nil : ids[number % ids.count]
  }

  /// Persons stand in the order of their keys: their numbers tell when they were made.
  func pickPerson(_ number: Int) async -> String? {
    let persons = (await marketo.rows[.person] ?? [:]).map { id, fields in
      (key: fields[objects.personKey]?.canonicalText ?? "", number: Int(id) ?? 0, id: id)
    }.sorted { ($0.key, $0.number) < ($1.key, $1.number) }
    return persons.isEmpty ? nil : persons[number % persons.count].id
  }

  // Dynamics.

  private func create(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    guard isSynced(object) else { return false }
    let id = "\(object.name)-\(event.number)"
    var fields: [FieldName: Value] = [:]
    if object == .account {
      fields = ["name": .text("V\(event.number)"), "telephone1": Self.text(event, "telephone1")]
    } else {
      fields = ["emailaddress1": Self.text(event, "emailaddress1")]
      let names = objects.editable(object).filter { $0 != "emailaddress1" }
      for place in 0..<min(2, names.count) {
        let name = names[(event.what + place) % names.count]
        fields[name] = await value(event, object, name)
      }
      // A two-option column is never empty.
      if objects.holds(.dynamics, "donotbulkemail") {
        fields["donotbulkemail"] = .boolean(event.what % 6 == 0)
      }
    }
    let account = object == .contact ? await pick(.account, event.who) : nil
    let owner = event.what % 2 == 0 ? await owner(event) : nil
    await dynamics.put(
      object, id, fields,
      facts: {
        $0.owner = owner
        $0.account = account.map(RecordID.dynamics)
      }, isLate: event.what % 5 == 0)
    return true
  }

  private func newUser(_ event: HumanEvent) async -> Bool {
    await dynamics.put(
      .user, "user-\(event.number)", ["internalemailaddress": .text("V\(event.number)@sim.test")],
      isLate: event.what % 2 == 0)
    return true
  }

  private func edit(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    let names = objects.editable(object)
    guard !names.isEmpty, let id = await pick(object, event.who) else { return false }
    let name = names[event.what % names.count]
    await dynamics.put(
      object, id, [name: await value(event, object, name)], isLate: event.who % 7 == 0)
    return true
  }

  private func reown(_ event: HumanEvent) async -> Bool {
    let owner = await owner(event)
    return await change([ObjectType.lead, .contact][event.who % 2], event) { $0.owner = owner }
  }

  private func relabel(_ event: HumanEvent) async -> Bool {
    let options = await dynamics.options(of: SimulatedField.optionField)
    await dynamics.relabel(
      SimulatedField.optionField, options[event.what % options.count].number,
      "Label \(event.number)")
    return true
  }

  private func change(
    _ object: ObjectType, _ event: HumanEvent, _ change: @Sendable (inout Facts) -> Void
  ) async -> Bool {
    guard let id = await pick(object, event.who), let record = await dynamics.record(object, id)
    else { return false }
    var facts = record.facts
    change(&facts)
    guard facts != record.facts else { return false }
    await dynamics.put(object, id, facts: change, isLate: event.number % 5 == 0)
    return true
  }

  private func setOptOut(_ value: Bool, _ event: HumanEvent) async -> Bool {
    let object = [ObjectType.lead, .contact][event.what % 2]
    guard objects.holds(.dynamics, "donotbulkemail"), let id = await pick(object, event.who),
      await dynamics.record(object, id)?.fields["donotbulkemail"] != .boolean(value)
    else { return false }
    await dynamics.put(object, id, ["donotbulkemail": .boolean(value)], isLate: event.what % 4 == 0)
    return true
  }

  /// A lead that was left out is let through again.
  private func enterFilter(_ event: HumanEvent) async -> Bool {
    var left: [String] = []
    for id in await dynamics.ids(.lead)
    where await dynamics.record(.lead, id)?.facts.isIncluded == false {
      left.append(id)
    }
    guard !left.isEmpty else { return false }
    await dynamics.put(.lead, left[event.who % left.count], facts: { $0.isIncluded = true })
    return true
  }

  private func delete(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    guard event.what % 2 == 0, let id = await pick(object, event.who) else { return false }
    await dynamics.delete(object, id, isLate: event.what % 4 == 0)
    return true
  }

  private func merge(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    guard let loser = await pick(object, event.who), let winner = await pick(object, event.what),
      loser != winner, await isPlain(object, loser), await isPlain(object, winner)
    else { return false }
    await dynamics.put(
      object, loser,
      facts: {
        $0.mergedInto = .dynamics(winner)
        $0.state = .inactive
      }, isLate: event.number % 4 == 0)
    return true
  }

  /// Whether the row stands for itself: neither merged nor converted.
  private func isPlain(_ object: ObjectType, _ id: String) async -> Bool {
    guard let facts = await dynamics.record(object, id)?.facts else { return false }
    return facts.mergedInto == nil && facts.convertedTo == nil
  }

  /// A lead becomes a contact: with a new company, an existing one or none, or a contact that stands.
  private func qualify(_ event: HumanEvent) async -> Bool {
    guard let id = await pick(.lead, event.who), await isPlain(.lead, id),
      let lead = await dynamics.record(.lead, id), isSynced(.contact)
    else { return false }
    var contact = "contact-\(event.number)"
    var account: String?
    switch event.what % 4 {
    case 0:
      account = "account-\(event.number)"
      await dynamics.put(.account, "account-\(event.number)", ["name": .text("V\(event.number)")])
      world.count("qualify_with_new_company")
    case 1:
      account = await pick(.account, event.what)
      if account != nil { world.count("qualify_with_existing_company") }
    case 2: break
    default:
      if let standing = await pick(.contact, event.what), await isPlain(.contact, standing) {
        contact = standing
        world.count("qualify_to_existing_contact")
      }
    }
    let isNew = await dynamics.record(.contact, contact) == nil
    let owned = account
    await dynamics.put(
      .contact, contact, isNew ? lead.fields : [:],
      facts: {
        $0.originatingLead = $0.originatingLead ?? .dynamics(id)
        guard isNew else { return }
        $0.account = owned.map(RecordID.dynamics)
        $0.owner = lead.facts.owner
      }, isLate: event.who % 3 == 0)
    await dynamics.put(
      .lead, id,
      facts: { [contact] in
        $0.state = .qualified
        $0.convertedTo = .dynamics(contact)
      }, isLate: event.who % 3 == 1)
    return true
  }

  private func moveAccount(_ event: HumanEvent) async -> Bool {
    let account = await pick(.account, event.what)
    return await change(.contact, event) { $0.account = account.map(RecordID.dynamics) }
  }

  // Opportunities.

  private func newOpportunity(_ event: HumanEvent) async -> Bool {
    guard isSynced(.opportunity) else { return false }
    let customer = await customer(event)
    let owner = await owner(event)
    await dynamics.put(
      .opportunity, "opportunity-\(event.number)", ["name": .text("V\(event.number)")],
      facts: {
        $0.parent = customer
        $0.owner = owner
        $0.amount = ExactDecimal("\(event.number).25")
        $0.stage = "Develop"
      })
    return true
  }

  private func customer(_ event: HumanEvent) async -> Reference? {
    switch event.what % 3 {
    case 0: return await pick(.account, event.who).map { Reference(.account, .dynamics($0)) }
    case 1: return await pick(.contact, event.who).map { Reference(.contact, .dynamics($0)) }
    default: return nil
    }
  }

  private func moveOpportunity(_ event: HumanEvent) async -> Bool {
    let customer = await customer(event)
    return await change(.opportunity, event) { $0.parent = customer }
  }

  private func closeOpportunity(_ event: HumanEvent) async -> Bool {
    await change(.opportunity, event) {
      $0.state = event.what % 2 == 0 ? .won : .lost
      $0.stage = event.what % 2 == 0 ? "Won" : "Lost"
      $0.amount = ExactDecimal("\(event.number)")
    }
  }

  private func connect(_ event: HumanEvent) async -> Bool {
    guard let opportunity = await pick(.opportunity, event.who),
      let contact = await pick(.contact, event.what)
    else { return false }
    await dynamics.put(
      .connection, "connection-\(event.number)",
      facts: {
        $0.opportunity = .dynamics(opportunity)
        $0.parent = Reference(.contact, .dynamics(contact))
        $0.role = event.number % 2 == 0 ? "role-1" : nil
      })
    return true
  }

  private func disconnect(_ event: HumanEvent) async -> Bool {
    guard let id = await pick(.connection, event.who) else { return false }
    await dynamics.delete(.connection, id)
    return true
  }
}
