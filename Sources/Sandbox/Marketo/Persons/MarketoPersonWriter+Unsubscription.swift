extension MarketoPersonWriter {
  /// Gives a new person the standing of its address, or its standing to the address.
  ///
  /// An address that is known to want no e-mail stays so, whatever the new record says.
  func settleUnsubscription(of id: Int64, given: MarketoPersonInput) throws {
    guard let email = given["email"]?.text else { return }
    if given["unsubscribed"] == .boolean(true) {
      try spread(email, from: id, isUnsubscribed: true)
    } else if try state.isUnsubscribed(email) {
      try mark(id, isUnsubscribed: true)
    }
  }

  /// Carries on what a change of the address or of its standing means.
  ///
  /// A new address is no longer invalid, and brings its own unsubscription; a change of
  /// `unsubscribed` reaches everyone with the address (product docs: durable unsubscribe).
  func followAddress(
    of id: Int64, from before: [String: MarketoValue], to after: [String: MarketoValue]
  ) throws {
    let isMoved = before["email"] != after["email"]
    if isMoved { try clearInvalid(id, after) }
    guard let email = after["email"]?.text else { return }
    if isMoved, try state.isUnsubscribed(email) {
      if after["unsubscribed"] != .boolean(true) { try mark(id, isUnsubscribed: true) }
    } else if before["unsubscribed"] != after["unsubscribed"] {
      try spread(email, from: id, isUnsubscribed: after["unsubscribed"] == .boolean(true))
    }
  }

  private func spread(_ email: String, from id: Int64, isUnsubscribed: Bool) throws {
    try state.setUnsubscribed(email, isUnsubscribed)
    for other in try state.personIDs(email: email, unsubscribedIsNot: isUnsubscribed)
    where other != id {
      try mark(other, isUnsubscribed: isUnsubscribed)
    }
  }

  private func mark(_ id: Int64, isUnsubscribed: Bool) throws {
    guard let field = schema.field("unsubscribed") else { return }
    try write(
      id, [.init(field: field, value: .boolean(isUnsubscribed))],
      before: ["unsubscribed": .boolean(!isUnsubscribed)], by: .durableUnsubscribe)
  }

  private func clearInvalid(_ id: Int64, _ current: [String: MarketoValue]) throws {
    guard current["emailInvalid"] == .boolean(true), let flag = schema.field("emailInvalid"),
      let cause = schema.field("emailInvalidCause")
    else { return }
    let changes = [
      MarketoFieldValue(field: flag, value: .boolean(false)),
      MarketoFieldValue(field: cause, value: .empty),
    ].filter { current[$0.field.name] != $0.value }
    try write(id, changes, before: current, by: .system)
  }
}
