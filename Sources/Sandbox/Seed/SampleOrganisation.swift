/// An invented company's CRM, and the persons of its marketing, the same for the same seed.
///
/// The rows are in an order in which they can be created: users, teams, accounts, leads, contacts,
/// opportunities, connections, subscriptions. Leads that were qualified or merged and opportunities
/// that were closed are listed as they were before; carry out ``qualified``, ``merged`` and
/// ``closed`` afterwards.
public struct SampleOrganisation: Hashable, Sendable {
  /// 12 users.
  public let users: [SampleRow]
  /// Three teams.
  public let teams: [SampleRow]
  /// 40 accounts, each name once; four of them belong to teams.
  public let accounts: [SampleRow]
  /// 200 leads; eight of them belong to teams.
  public let leads: [SampleRow]
  /// 300 contacts, each with an account and an owner; twelve of them belong to teams.
  public let contacts: [SampleRow]
  /// 120 opportunities: 84 of an account, 24 of a contact, 12 of nobody; some belong to teams.
  public let opportunities: [SampleRow]
  /// 60 connections of an opportunity with a contact, 45 of them with a role.
  public let connections: [SampleRow]
  /// 40 rows of the custom table `new_subscription`, each of a contact.
  public let subscriptions: [SampleRow]
  /// 15 leads that became contacts.
  public let qualified: [SampleQualification]
  /// One lead that was merged into another.
  public let merged: [SampleMerge]
  /// 40 opportunities that were closed, 24 of them won.
  public let closed: [SampleClosing]
  /// 60 persons in Marketo: 20 match one row, two share one lead's address, 38 are unknown.
  public var persons: [SamplePerson]

  /// Makes the organisation that belongs to a seed.
  public init(seed: UInt64 = 2026) {
    var maker = SampleMaker(seed: seed)
    let owners = (0..<12).map { _ in maker.user() }
    let accounts = maker.accounts(40, owners: owners)
    var leads = (0..<200).map { _ in maker.lead(owners: owners) }
    let qualifiedLeads = Array(leads.prefix(15))
    let contacts = maker.contacts(300, from: qualifiedLeads, accounts: accounts, owners: owners)
    users = owners
    qualified = zip(qualifiedLeads, contacts).compactMap { lead, contact in
      guard case .reference(_, let account) = contact.values["parentcustomerid"] else { return nil }
      return SampleQualification(lead: lead.id, contact: contact.id, account: account)
    }
    let loser = leads.count - 1
    leads[loser].values["emailaddress1"] = leads[loser - 1].values["emailaddress1"]
    merged = [SampleMerge(loser: leads[loser].id, winner: leads[loser - 1].id)]
    persons = maker.persons(
      leads: Array(leads[15..<(loser - 1)]), contacts: Array(contacts.dropFirst(15)))

    // Drawn from a generator of their own, so that the rows above stay as they are.
    var sales = SampleMaker(seed: SampleRandom.mix(seed))
    let teams = sales.teams()
    self.teams = teams
    self.accounts = Self.sharing(accounts, each: 10, among: teams)
    self.leads = Self.sharing(leads, each: 25, among: teams)
    self.contacts = Self.sharing(contacts, each: 25, among: teams)
    opportunities = sales.opportunities(
      120, accounts: accounts, contacts: contacts, owners: owners, teams: teams)
    closed = sales.closings(Array(opportunities.suffix(40)))
    connections = sales.connections(
      60, opportunities: opportunities, contacts: contacts, owners: owners)
    subscriptions = sales.subscriptions(40, contacts: contacts, owners: owners)
  }

  /// Every row of Dynamics, in an order in which they can be created.
  public var rows: [SampleRow] {
    users + teams + accounts + leads + contacts + opportunities + connections + subscriptions
  }

  /// The rows with every so manieth given to the teams in turn.
  private static func sharing(_ rows: [SampleRow], each step: Int, among teams: [SampleRow])
    -> [SampleRow]
  {
    var rows = rows
    for (turn, place) in stride(from: step / 2, to: rows.count, by: step).enumerated() {
      rows[place].values["ownerid"] = teams[turn % teams.count].reference
    }
    return rows
  }
}
