import Transport

extension Rig {
  /// Makes one edit through the service's own API, and tells the model.
  func carryOut(_ deed: RandomDeed, _ expectation: inout Expectation) async throws {
    switch deed {
    case .field(let place, let pair, let value):
      let kind = expectation.twins[place].kind
      let json = try json(value, kind.pairs[pair].kind, inMarketo: false)
      try await patch(place, [kind.pairs[pair].dynamics: json], expectation)
      expectation.twins[place].dynamics[pair] = value
    case .marketoField(let place, let pair, let value):
      let field = expectation.twins[place].kind.pairs[pair]
      let json = try json(value, field.kind, inMarketo: true)
      try await edit(expectation.twins[place], [field.marketo: json])
      expectation.twins[place].marketo[pair] = value
    case .derivedField(let place, let field, let value):
      let name = expectation.twins[place].kind.derived[field]
      let kind: Mapping.Kind =
        switch name {
        case "amount", "leadId": .money
        case "isClosed", "isWon": .flag
        default: .text
        }
      try await edit(expectation.twins[place], [name: try json(value, kind, inMarketo: true)])
      expectation.twins[place].derived[field] = value
    case .assign(let place, let owner):
      let owner = expectation.twins[owner]
      try await patch(place, ["ownerid@odata.bind": bind(owner.kind, owner.id)], expectation)
      expectation.twins[place].ties.owner = owner.id
    case .moveContact(let place, let account):
      let json = account.map { bind(.account, $0) } ?? .null
      try await patch(place, ["parentcustomerid_account@odata.bind": json], expectation)
      expectation.twins[place].ties.account = account
    case .subscribe(let place, let contact):
      let json = contact.map { bind(.contact, $0) } ?? .null
      try await patch(place, ["new_ContactId@odata.bind": json], expectation)
      expectation.twins[place].ties.contact = contact
    case .sell, .estimate, .step, .win, .lose, .reopen:
      try await carryOut(sale: deed, &expectation)
    case .connect, .recast, .replace, .redirect, .toggle, .disconnect:
      try await carryOut(stake: deed, &expectation)
    }
  }

  func patch(_ place: Int, _ fields: JSON, _ expectation: Expectation) async throws {
    let twin = expectation.twins[place]
    try await dynamics.update(twin.kind.set, twin.id, fields)
  }

  func bind(_ kind: Expectation.Kind, _ id: String) -> JSON { .string("/\(kind.set)(\(id))") }

  private func edit(_ twin: Expectation.Twin, _ fields: [String: JSON]) async throws {
    if let person = twin.person {
      try await marketo.update(person, fields)
    } else if let (path, key) = twin.kind.object {
      try await marketo.update(path, key: key, twin.id, fields)
    }
  }

  private func json(
    _ text: String?, _ kind: Mapping.Kind, inMarketo: Bool
  ) throws -> JSON {
    guard let text else { return .null }
    switch kind {
    case .flag: return .boolean(text == "true")
    case .money, .whole, .percent: return try JSON(parsing: Array(text.utf8))
    case .choice, .state: return inMarketo ? .string(text) : try JSON(parsing: Array(text.utf8))
    case .text, .name, .day: return .string(text)
    }
  }
}
