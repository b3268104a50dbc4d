import Model

/// What people do in Marketo.
extension People {
  func newPerson(_ event: HumanEvent) async -> Bool {
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

  func editPerson(_ event: HumanEvent) async -> Bool {
    let names = objects.editable(.person)
    guard !names.isEmpty, let id = await pickPerson(event.who) else { return false }
    let name = names[event.what % names.count]
    let isFromAPI = event.who % 5 == 0
    await marketo.put(
      .person, id, [name: await value(event, .person, name)], isLate: event.who % 3 == 0,
      isFromAPI: isFromAPI)
    if isFromAPI { world.count("edit_by_other_program") }
    return true
  }

  func editCompany(_ event: HumanEvent) async -> Bool {
    let ids = await marketo.ids(.company)
    guard !ids.isEmpty else { return false }
    await marketo.put(
      .company, ids[event.who % ids.count], ["mainPhone": .text("V\(event.number)")])
    return true
  }

  func setUnsubscribed(_ value: Bool, _ event: HumanEvent) async -> Bool {
    guard objects.holds(.marketo, "unsubscribed"), let id = await pickPerson(event.who),
      await marketo.fields(.person, id)?["unsubscribed", default: .boolean(false)]
        != .boolean(value)
    else { return false }
    await marketo.put(
      .person, id, ["unsubscribed": .boolean(value)], isLate: event.what % 3 == 0)
    return true
  }

  func deletePerson(_ event: HumanEvent) async -> Bool {
    guard event.what % 2 == 0, let id = await pickPerson(event.who) else { return false }
    await marketo.delete(id, isLate: event.what % 4 == 0)
    return true
  }

  func mergePersons(_ event: HumanEvent) async -> Bool {
    let stranger = event.what % 2 == 0 ? await pickStranger() : nil
    let other = await pickPerson(event.what)
    guard let loser = await pickPerson(event.who), let winner = stranger ?? other,
      loser != winner
    else { return false }
    await marketo.merge(loser, into: winner, isLate: event.number % 4 == 0)
    return true
  }

  func editKey(_ event: HumanEvent, to value: Value) async -> Bool {
    guard let id = await pickPerson(event.who) else { return false }
    await marketo.put(.person, id, [objects.personKey: value], isLate: event.number % 4 == 0)
    return true
  }

  func copyKey(_ event: HumanEvent) async -> Bool {
    guard let id = await pickPerson(event.what),
      let key = await marketo.fields(.person, id)?[objects.personKey]
    else { return false }
    return await editKey(event, to: key)
  }

  func request(_ event: HumanEvent) async -> Bool {
    guard let id = await pickPerson(event.who) else { return false }
    let wish = event.what % 2 == 0 ? "lead" : "Contact"
    await marketo.put(
      .person, id, [objects.requestField: .text(wish)], isLate: event.number % 4 == 0)
    return true
  }
}
