import Testing

@testable import Simulation

/// Each turn of a record's life, undisturbed, with deaths, and with writes that are lost or late: all
/// promises hold afterwards.
@Suite struct LifecycleTurnTests {
  typealias Turn = LifecycleTurn

  @Test(arguments: [
    Turn("a new company", before: [.init(.newLead)], turn: [.init(.qualify, what: 0)]),
    Turn(
      "an existing company", before: [.init(.newLead), .init(.newAccount)],
      turn: [.init(.qualify, what: 1)]),
    Turn(
      "a contact with a person", before: [.init(.newLead), .init(.newContact)],
      turn: [.init(.qualify, what: 3)]),
    Turn(
      "a contact without a person", before: [.init(.newLead)],
      turn: [.init(.newContact), .init(.qualify, what: 3)]),
    Turn(
      "the contact is read first", before: [.init(.newLead)],
      turn: [.init(.qualify, who: 1)]),
    Turn(
      "the lead is read first", before: [.init(.newLead)],
      turn: [.init(.qualify, who: 3), .init(.editPerson, what: 1)]),
    Turn(
      "edits on both sides", before: [.init(.newLead)],
      turn: [.init(.editPerson, what: 1), .init(.editLead, what: 1), .init(.qualify)]),
  ])
  func `a qualified lead goes on as its contact`(turn: Turn) async throws {
    try await turn.live()
  }

  @Test(arguments: [
    Turn(
      "the loser is linked", before: [.init(.newLead)],
      turn: [.init(.newLead), .init(.mergeLeads, who: 0, what: 1)]),
    Turn(
      "the winner is linked", before: [.init(.newLead)],
      turn: [.init(.newLead), .init(.mergeLeads, who: 1, what: 0)]),
    Turn(
      "both are linked", before: [.init(.newLead), .init(.newLead)],
      turn: [.init(.mergeLeads, who: 0, what: 1)]),
    Turn(
      "neither is linked", before: [.init(.newAccount)],
      turn: [.init(.newLead), .init(.newLead), .init(.mergeLeads, who: 0, what: 1)]),
    Turn(
      "two linked contacts", before: [.init(.newContact), .init(.newContact)],
      turn: [.init(.mergeContacts, who: 0, what: 1)]),
  ])
  func `of two merged in Dynamics, one lives on`(turn: Turn) async throws { try await turn.live() }

  // Persons without a key come first.
  @Test(arguments: [
    Turn(
      "the loser is linked", before: [.init(.newLead)],
      turn: [.init(.newPerson, what: 1), .init(.mergePersons, who: 1, what: 0)]),
    Turn(
      "the winner is linked", before: [.init(.newLead)],
      turn: [.init(.newPerson, what: 1), .init(.mergePersons, who: 0, what: 1)]),
    Turn(
      "both are linked", before: [.init(.newLead), .init(.newLead)],
      turn: [.init(.mergePersons, who: 0, what: 1)]),
    Turn(
      "neither is linked", before: [.init(.newPerson, what: 1), .init(.newPerson, what: 1)],
      turn: [.init(.mergePersons, who: 0, what: 1)]),
    Turn(
      "the loser has a part in an opportunity",
      before: [
        .init(.newContact), .init(.newContact), .init(.newOpportunity, what: 2), .init(.connect),
      ],
      turn: [.init(.mergePersons, who: 0, what: 1)]),
  ])
  func `of two merged in Marketo, one lives on`(turn: Turn) async throws { try await turn.live() }

  @Test(arguments: [
    Turn("in Dynamics", before: [.init(.newLead)], turn: [.init(.deleteLead)]),
    Turn(
      "in Dynamics, with an edit in Marketo", before: [.init(.newLead)],
      turn: [.init(.deleteLead), .init(.editPerson)], later: [.init(.editPerson)]),
    Turn(
      "in Dynamics, and made again", before: [.init(.newLead)], turn: [.init(.deleteLead)],
      later: [.init(.recreate, what: 1)]),
    Turn(
      "in Dynamics, and asked for later", before: [.init(.newLead)], turn: [.init(.deleteLead)],
      later: [.init(.request)]),
    Turn(
      "in Marketo", before: [.init(.newLead)], turn: [.init(.deletePerson)],
      later: [.init(.editLead)]),
    Turn(
      "in Marketo, with an edit in Dynamics", before: [.init(.newLead)],
      turn: [.init(.deletePerson), .init(.editLead)]),
    Turn(
      "in Marketo, and made again", before: [.init(.newLead)], turn: [.init(.deletePerson)],
      later: [.init(.newPerson), .init(.editLead)]),
    Turn(
      "on both sides", before: [.init(.newLead)],
      turn: [.init(.deleteLead), .init(.deletePerson)]),
    Turn(
      "a contact with a part in an opportunity",
      before: [.init(.newContact), .init(.newOpportunity), .init(.connect)],
      turn: [.init(.deleteContact)]),
  ])
  func `what is deleted stays so until somebody wants it back`(turn: Turn) async throws {
    try await turn.live()
  }

  @Test(arguments: [
    Turn("a user", before: [.init(.newLead)], turn: [.init(.reown, what: 1)]),
    Turn("a team", before: [.init(.newLead)], turn: [.init(.reown, what: 3)]),
    Turn(
      "a user who comes late", before: [.init(.newLead)],
      turn: [.init(.newUser, what: 2), .init(.reown, what: 7)]),
  ])
  func `a person follows its owner`(turn: Turn) async throws { try await turn.live() }

  @Test(arguments: [
    Turn(
      "another account", before: [.init(.newAccount), .init(.newAccount), .init(.newContact)],
      turn: [.init(.moveAccount, what: 1)]),
    Turn(
      "no account", before: [.init(.newAccount), .init(.newContact)],
      turn: [.init(.leaveAccount)]),
    Turn(
      "another account, with an opportunity",
      before: [
        .init(.newAccount), .init(.newAccount), .init(.newContact),
        .init(.newOpportunity, what: 4),
      ], turn: [.init(.moveAccount, what: 1)]),
  ])
  func `a contact that changes account takes along what hangs on it`(turn: Turn) async throws {
    try await turn.live()
  }

  @Test(arguments: [
    Turn(
      "deactivated", before: [.init(.newContact)], turn: [.init(.deactivate)],
      later: [.init(.editPerson), .init(.editContact)]),
    Turn(
      "left out", before: [.init(.newLead)], turn: [.init(.leaveFilter)],
      later: [.init(.editPerson), .init(.editLead)]),
    Turn(
      "let in again", before: [.init(.newLead)],
      turn: [.init(.leaveFilter), .init(.editPerson)],
      later: [.init(.editLead), .init(.enterFilter)]),
  ])
  func `a record that is deactivated goes on, and one that is left out rests`(turn: Turn)
    async throws
  {
    try await turn.live()
  }

  @Test(arguments: [
    Turn(
      "removed", before: [.init(.newContact), .init(.newOpportunity), .init(.connect)],
      turn: [.init(.disconnect)]),
    Turn(
      "added", before: [.init(.newContact), .init(.newOpportunity)], turn: [.init(.connect)]),
  ])
  func `a part in an opportunity comes and goes`(turn: Turn) async throws {
    try await turn.live()
  }

  @Test(arguments: [
    Turn(
      "by a field", before: [.init(.newPerson, what: 1)], turn: [.init(.request)]),
    Turn("of one who is linked", before: [.init(.newLead)], turn: [.init(.request)]),
  ])
  func `a wish is granted once`(turn: Turn) async throws { try await turn.live() }

  @Test(arguments: [
    Turn(
      "Dynamics", before: [.init(.newLead)], turn: [.init(.editLead)], impostor: .dynamics),
    Turn(
      "Marketo", before: [.init(.newLead)], turn: [.init(.editPerson)], impostor: .marketo),
  ])
  func `another organisation gets nothing written`(turn: Turn) async throws {
    try await turn.live()
  }
}
