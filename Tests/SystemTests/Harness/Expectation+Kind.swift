extension Expectation {
  /// A kind of record that is kept in step.
  enum Kind: String, CaseIterable {
    case user
    case team
    case account
    case contact
    case lead
    case opportunity
    case subscription

    /// Both of them are persons in Marketo, and go both ways.
    var isPerson: Bool { self == .lead || self == .contact }

    /// The Dynamics table's name.
    var table: String {
      switch self {
      case .user: "systemuser"
      case .subscription: "new_subscription"
      default: rawValue
      }
    }

    var set: String { self == .opportunity ? "opportunities" : "\(table)s" }

    var key: String { "\(table)id" }

    var pairs: [Mapping.Pair] {
      switch self {
      case .lead: Mapping.lead
      case .contact: Mapping.person
      case .account: Mapping.account
      case .user: Mapping.user
      case .team: Mapping.team
      case .opportunity: Mapping.opportunity
      case .subscription: Mapping.subscription
      }
    }

    /// The Marketo fields that follow from ties and states of the Dynamics record.
    var derived: [String] {
      switch self {
      case .user, .team: []
      case .account, .lead: ["externalSalesPersonId"]
      case .contact: ["externalSalesPersonId", "externalCompanyId"]
      case .opportunity:
        ["externalSalesPersonId", "externalCompanyId", "amount", "stage", "isClosed", "isWon"]
      case .subscription: ["leadId"]
      }
    }

    /// Where Marketo keeps it, and under which key; `nil` for persons, who have ids.
    var object: (path: String, key: String)? {
      switch self {
      case .lead, .contact: nil
      case .account: ("companies", "externalCompanyId")
      case .user, .team: ("salespersons", "externalSalesPersonId")
      case .opportunity: ("opportunities", "externalOpportunityId")
      case .subscription: ("customobjects/subscription_c", "dynamicsId")
      }
    }
  }
}
