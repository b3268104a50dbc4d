/// An invented company's CRM, and the persons of its marketing, the same for the same seed.
///
/// The rows are in an order in which they can be created: users, accounts, leads, contacts. Leads
/// that were qualified or merged are listed as they were before; carry out ``qualified`` and
/// ``merged`` afterwards.
public struct SampleOrganisation: Hashable, Sendable {
  /// 12 users.
  public let users: [SampleRow]
  /// 40 accounts, each name once.
  public let accounts: [SampleRow]
  /// 200 leads.
  public let leads: [SampleRow]
  /// 300 contacts, each with an account and an owner.
  public let contacts: [SampleRow]
  /// 15 leads that became contacts.
  public let qualified: [SampleQualification]
  /// One lead that was merged into another.
  public let merged: [SampleMerge]
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
    self.accounts = accounts
    self.contacts = contacts
    qualified = zip(qualifiedLeads, contacts).compactMap { lead, contact in
      guard case .reference(_, let account) = contact.values["parentcustomerid"] else { return nil }
      return SampleQualification(lead: lead.id, contact: contact.id, account: account)
    }
    let loser = leads.count - 1
    leads[loser].values["emailaddress1"] = leads[loser - 1].values["emailaddress1"]
    merged = [SampleMerge(loser: leads[loser].id, winner: leads[loser - 1].id)]
    self.leads = leads
    persons = maker.persons(
      leads: Array(leads[15..<(loser - 1)]), contacts: Array(contacts.dropFirst(15)))
  }

  /// Every row of Dynamics, in an order in which they can be created.
  public var rows: [SampleRow] { users + accounts + leads + contacts }
}
