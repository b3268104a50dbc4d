/// The connection roles that every organisation of the sandbox begins with.
public enum StandardConnectionRole: Int, CaseIterable, Sendable {
  case stakeholder = 1
  case decisionMaker
  case influencer
  case technicalBuyer
  case economicBuyer
  case champion
  case endUser
  case objector
  case colleague
  case accountManager

  /// The row's GUID.
  public var id: String {
    "e0000000-0000-4000-8000-0000000000" + (rawValue < 10 ? "0" : "") + String(rawValue)
  }

  /// The row's name.
  public var name: String {
    switch self {
    case .stakeholder: "Stakeholder"
    case .decisionMaker: "Decision Maker"
    case .influencer: "Influencer"
    case .technicalBuyer: "Technical Buyer"
    case .economicBuyer: "Economic Buyer"
    case .champion: "Champion"
    case .endUser: "End User"
    case .objector: "Objector"
    case .colleague: "Colleague"
    case .accountManager: "Account Manager"
    }
  }

  /// The number of the row's category.
  var category: Int64 {
    switch self {
    case .colleague: 1
    case .accountManager: 1001
    default: 1000
    }
  }
}
