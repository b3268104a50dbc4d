import Model
import Transport

extension RowReader {
  /// The facts that a row holds.
  func facts(of row: JSON) -> Facts {
    let state = state(of: row)
    let account = reference(facts.parentCustomer, in: row)
    let convertedTo = state == .qualified ? id(facts.parentContact, in: row) : nil
    let isMerged = member(facts.merged, in: row)?.boolean ?? true
    let tie = tie(in: row)
    return Facts(
      email: email(of: row), state: state,
      owner: reference(facts.owner, in: row, default: "systemuser"),
      account: account?.object == .account ? account?.id : nil,
      parent: tie?.person ?? parent(of: row), opportunity: tie?.opportunity, role: tie?.role,
      amount: amount(of: row), stage: stage(of: row),
      mergedInto: isMerged ? id(facts.master, in: row) : nil,
      originatingLead: id(facts.originatingLead, in: row), convertedTo: convertedTo,
      isIncluded: member(facts.filter, in: row)?.boolean ?? true,
      changedAt: member(facts.modifiedOn, in: row)?.string.flatMap { Instant($0) },
      changedBy: id(facts.modifiedBy, in: row)?.text)
  }

  private func member(_ column: Column?, in row: JSON) -> JSON? {
    column.flatMap { row[$0.property] }
  }

  private func id(_ column: Column?, in row: JSON) -> RecordID? {
    member(column, in: row)?.string.map { .dynamics($0.lowercased()) }
  }

  private func reference(_ column: Column?, in row: JSON, default table: String = "") -> Reference?
  {
    column.flatMap { reference($0.property, in: row, default: table) }
  }

  private func email(of row: JSON) -> String? {
    guard let text = member(facts.email, in: row)?.string else { return nil }
    let bare = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    return bare.isEmpty ? nil : bare
  }

  /// A lead's states are 0 open, 1 qualified, 2 disqualified; an opportunity's 0 open, 1 won, 2 lost;
  /// others are 0 active, 1 inactive.
  private func state(of row: JSON) -> Facts.State {
    if member(facts.isDisabled, in: row)?.boolean == true { return .inactive }
    return switch member(facts.state, in: row)?.integer {
    case 1 where schema.object == .lead: .qualified
    case 1 where schema.object == .opportunity: .won
    case 2 where schema.object == .opportunity: .lost
    case .some(let number) where number != 0: .inactive
    default: .active
    }
  }

  /// What the row hangs on; look-ups to other kinds of records say nothing.
  private func parent(of row: JSON) -> Reference? {
    let parents: Set<ObjectType> = [.account, .contact, .lead]
    guard let parent = reference(facts.parent, in: row), parents.contains(parent.object) else {
      return nil
    }
    return parent
  }

  /// An opportunity is worth what is expected until it is closed, and then what came of it.
  private func amount(of row: JSON) -> ExactDecimal? {
    member(isOpen(row) ? facts.estimate : facts.actual, in: row)?.decimal
  }

  /// The step of the sales process, or the state in the words that people see.
  private func stage(of row: JSON) -> String? {
    guard schema.object == .opportunity else { return nil }
    if isOpen(row), let step = member(facts.step, in: row)?.string, !step.isEmpty { return step }
    return member(facts.state, in: row)?.integer.flatMap { stateLabels[Int($0)] }
  }

  private func isOpen(_ row: JSON) -> Bool { (member(facts.state, in: row)?.integer ?? 0) == 0 }

  private struct Tie {
    var opportunity: RecordID
    var person: Reference
    var role: String?
  }

  /// What a connection ties together, whichever end is the opportunity; `nil` for all others.
  private func tie(in row: JSON) -> Tie? {
    let ends = facts.ends.compactMap { end in
      reference(end.record, in: row).map { (record: $0, role: id(end.role, in: row)?.text) }
    }
    guard let opportunity = ends.first(where: { $0.record.object == .opportunity }),
      let person = ends.first(where: { [.contact, .lead].contains($0.record.object) })
    else { return nil }
    return Tie(
      opportunity: opportunity.record.id, person: person.record, role: person.role)
  }
}
