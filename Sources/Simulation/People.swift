import Model

/// Carries out what people do on both simulated sides.
struct People: Sendable {
  let dynamics: SimulatedDynamics
  let marketo: SimulatedMarketo
  let world: SimulatedWorld

  /// Does it, if there is a record to do it to, and counts it.
  func perform(_ event: HumanEvent) async {
    if await carryOut(event) { world.count(event.kind.rawValue) }
  }

  private func carryOut(_ event: HumanEvent) async -> Bool {
    switch event.kind {
    case .newLead: await create(.lead, event)
    case .newContact: await create(.contact, event)
    case .newAccount: await create(.account, event)
    case .newPerson: await newPerson(event)
    case .editLead: await edit(.lead, event)
    case .editContact: await edit(.contact, event)
    case .editAccount: await edit(.account, event)
    case .editPerson: await editPerson(event)
    case .editCompany: await editCompany(event)
    case .optOutInDynamics: await optOutInDynamics(event)
    case .optOutInMarketo: await setUnsubscribed(true, event)
    case .optInInMarketo: await setUnsubscribed(false, event)
    case .deleteLead: await delete(.lead, event)
    case .deleteContact: await delete(.contact, event)
    case .deletePerson: await deletePerson(event)
    case .mergeLeads: await merge(.lead, event)
    case .mergeContacts: await merge(.contact, event)
    case .mergePersons: await mergePersons(event)
    case .qualify: await qualify(event)
    case .reown: await change(.lead, event) { $0.owner = Self.owner(event) }
    case .moveAccount: await moveAccount(event)
    case .leaveFilter: await change(.lead, event) { $0.isIncluded = false }
    case .enterFilter: await change(.lead, event) { $0.isIncluded = true }
    case .deactivate: await change(.contact, event) { $0.state = .inactive }
    case .editKey: await editKey(event, to: .text("typed \(event.number)"))
    case .copyKey: await copyKey(event)
    case .request: await request(event)
    case .newOpportunity: await newOpportunity(event)
    case .moveOpportunity: await moveOpportunity(event)
    case .closeOpportunity: await closeOpportunity(event)
    case .connect: await connect(event)
    case .disconnect: await disconnect(event)
    }
  }

  // What is typed.

  private static let texts: [(dynamics: FieldName, marketo: FieldName)] = [
    ("jobtitle", "title"), ("telephone1", "phone"), ("emailaddress1", "email"), ("fax", "fax"),
    ("middlename", "middleName"),
  ]

  /// A value that holds the event's number, in one of the forms that services store otherwise.
  private static func text(_ event: HumanEvent, _ field: FieldName) -> Value {
    let word = "V\(event.number)"
    if field == "emailaddress1" || field == "email" { return .text("\(word)@sim.test") }
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

  private static func owner(_ event: HumanEvent) -> Reference {
    Reference(.user, .dynamics("u\(event.what % 3)"))
  }

  private func pick(_ object: ObjectType, _ number: Int) async -> String? {
    let ids = await dynamics.ids(object)
    return ids.isEmpty ? nil : ids[number % ids.count]
  }

  private func pickPerson(_ number: Int) async -> String? {
    let ids = await marketo.ids(.person)
    return ids.isEmpty ? nil : ids[number % ids.count]
  }

  // Dynamics.

  private func create(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    let id = "\(object.name)-\(event.number)"
    var fields: [FieldName: Value] = [:]
    if object == .account {
      fields = ["name": .text("V\(event.number)"), "telephone1": Self.text(event, "telephone1")]
    } else {
      fields = ["emailaddress1": Self.text(event, "emailaddress1")]
      fields["jobtitle"] = Self.text(event, "jobtitle")
      if event.what % 3 == 0 { fields["donotbulkemail"] = .boolean(event.what % 2 == 0) }
    }
    let account = object == .contact ? await pick(.account, event.who) : nil
    await dynamics.put(
      object, id, fields,
      facts: {
        if event.what % 2 == 0 { $0.owner = Self.owner(event) }
        $0.account = account.map(RecordID.dynamics)
      }, isLate: event.what % 5 == 0)
    return true
  }

  private func edit(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    guard let id = await pick(object, event.who) else { return false }
    let field: FieldName =
      object == .account ? "telephone1" : Self.texts[event.what % Self.texts.count].dynamics
    var value = Self.text(event, field)
    // A person cannot type more than the column takes.
    if case .text(let text) = value, let length = SimulatedField.dynamics(field).length {
      value = .text(String(text.prefix(length)))
    }
    await dynamics.put(object, id, [field: value], isLate: event.who % 7 == 0)
    return true
  }

  private func change(
    _ object: ObjectType, _ event: HumanEvent, _ change: @Sendable (inout Facts) -> Void
  ) async -> Bool {
    guard let id = await pick(object, event.who) else { return false }
    await dynamics.put(object, id, facts: change)
    return true
  }

  private func optOutInDynamics(_ event: HumanEvent) async -> Bool {
    guard let id = await pick(.contact, event.who) else { return false }
    await dynamics.put(.contact, id, ["donotbulkemail": .boolean(true)])
    return true
  }

  private func delete(_ object: ObjectType, _ event: HumanEvent) async -> Bool {
    guard event.what % 2 == 0, let id = await pick(object, event.who) else { return false }
    await dynamics.delete(object, id)
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
      })
    return true
  }

  /// Whether the row stands for itself: neither merged nor converted.
  private func isPlain(_ object: ObjectType, _ id: String) async -> Bool {
    guard let facts = await dynamics.record(object, id)?.facts else { return false }
    return facts.mergedInto == nil && facts.convertedTo == nil
  }

  private func qualify(_ event: HumanEvent) async -> Bool {
    guard let id = await pick(.lead, event.who), await isPlain(.lead, id),
      let lead = await dynamics.record(.lead, id)
    else { return false }
    let contact = "contact-\(event.number)"
    let account = event.what % 2 == 0 ? await pick(.account, event.what) : nil
    await dynamics.put(
      .contact, contact, lead.fields,
      facts: {
        $0.originatingLead = .dynamics(id)
        $0.account = account.map(RecordID.dynamics)
        $0.owner = lead.facts.owner
      })
    await dynamics.put(
      .lead, id,
      facts: {
        $0.state = .qualified
        $0.convertedTo = .dynamics(contact)
      })
    return true
  }

  private func moveAccount(_ event: HumanEvent) async -> Bool {
    let account = await pick(.account, event.what)
    return await change(.contact, event) { $0.account = account.map(RecordID.dynamics) }
  }

  // Marketo.

  private func newPerson(_ event: HumanEvent) async -> Bool {
    var fields: [FieldName: Value] = ["email": Self.text(event, "email")]
    if event.what % 2 == 0, let twin = await pick(.lead, event.who),
      let email = await dynamics.record(.lead, twin)?.fields["emailaddress1"]
    {
      fields["email"] = email
    }
    fields["title"] = .text("V\(event.number)")
    await marketo.add(fields)
    return true
  }

  private func editPerson(_ event: HumanEvent) async -> Bool {
    guard let id = await pickPerson(event.who) else { return false }
    let field = Self.texts[event.what % Self.texts.count].marketo
    await marketo.put(.person, id, [field: Self.text(event, field)], isLate: event.who % 7 == 0)
    return true
  }

  private func editCompany(_ event: HumanEvent) async -> Bool {
    let ids = await marketo.ids(.company)
    guard !ids.isEmpty else { return false }
    await marketo.put(
      .company, ids[event.who % ids.count], ["mainPhone": .text("V\(event.number)")])
    return true
  }

  private func setUnsubscribed(_ value: Bool, _ event: HumanEvent) async -> Bool {
    guard let id = await pickPerson(event.who) else { return false }
    await marketo.put(.person, id, ["unsubscribed": .boolean(value)])
    return true
  }

  private func deletePerson(_ event: HumanEvent) async -> Bool {
    guard event.what % 2 == 0, let id = await pickPerson(event.who) else { return false }
    await marketo.delete(id)
    return true
  }

  private func mergePersons(_ event: HumanEvent) async -> Bool {
    guard let loser = await pickPerson(event.who), let winner = await pickPerson(event.what),
      loser != winner
    else { return false }
    await marketo.merge(loser, into: winner)
    return true
  }

  private func editKey(_ event: HumanEvent, to value: Value) async -> Bool {
    guard let id = await pickPerson(event.who) else { return false }
    await marketo.put(.person, id, [SimulatedMarketo.personKey: value])
    return true
  }

  private func copyKey(_ event: HumanEvent) async -> Bool {
    guard let id = await pickPerson(event.what),
      let key = await marketo.fields(.person, id)?[SimulatedMarketo.personKey]
    else { return false }
    return await editKey(event, to: key)
  }

  private func request(_ event: HumanEvent) async -> Bool {
    guard let id = await pickPerson(event.who) else { return false }
    let wish = event.what % 2 == 0 ? "lead" : "Contact"
    await marketo.put(.person, id, ["dynamicsSyncAs": .text(wish)])
    return true
  }

  // Opportunities.

  private func newOpportunity(_ event: HumanEvent) async -> Bool {
    let customer = await customer(event)
    await dynamics.put(
      .opportunity, "opportunity-\(event.number)", ["name": .text("V\(event.number)")],
      facts: {
        $0.parent = customer
        $0.owner = Self.owner(event)
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
