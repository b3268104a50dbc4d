import Transport

extension Expectation {
  /// What a Dynamics record says of others, and how far a sale is.
  struct Ties: Equatable {
    /// An account or a contact.
    struct Customer: Equatable {
      let id: String
      let isContact: Bool
    }

    /// A user or a team.
    var owner: String?
    /// A contact's account.
    var account: String?
    /// An opportunity's customer.
    var customer: Customer?
    /// A subscription's contact.
    var contact: String?
    /// An opportunity's state: 0 open, 1 won, 2 lost.
    var state = 0
    var estimate: String?
    var actual: String?
    var step: String?

    init() {}

    init(_ kind: Kind, _ row: JSON) {
      owner = row["_ownerid_value"]?.string
      switch kind {
      case .contact: account = row["_parentcustomerid_value"]?.string
      case .subscription: contact = row["_new_contactid_value"]?.string
      case .opportunity:
        if let id = row["_accountid_value"]?.string {
          customer = Customer(id: id, isContact: false)
        }
        if let id = row["_contactid_value"]?.string { customer = Customer(id: id, isContact: true) }
        state = Int(row["statecode"]?.integer ?? 0)
        estimate = cell(row["estimatedvalue"])
        actual = cell(row["actualvalue"])
        step = cell(row["stepname"])
      default: break
      }
    }
  }

  /// What Marketo should hold in the derived fields, as Dynamics stands now.
  func source(_ twin: Twin) -> [String?] {
    let ties = twin.ties
    switch twin.kind {
    case .user, .team: return []
    case .account, .lead: return [ties.owner]
    case .contact: return [ties.owner, ties.account]
    case .subscription: return [ties.contact.flatMap { self.twin($0)?.person }.map(String.init)]
    case .opportunity:
      let isOpen = ties.state == 0
      let label = labels["opportunity.statecode"]?[String(ties.state)]
      return [
        ties.owner, company(of: ties.customer), isOpen ? ties.estimate : ties.actual,
        isOpen ? ties.step ?? label : label, String(!isOpen), String(ties.state == 1),
      ]
    }
  }

  /// An account is the company itself; a contact has its account's.
  private func company(of customer: Ties.Customer?) -> String? {
    guard let customer else { return nil }
    return customer.isContact ? twin(customer.id)?.ties.account : customer.id
  }
}
