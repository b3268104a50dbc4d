import Model

/// The three trees of one record, with what its derived values need: all that a plan is made from.
public struct PlanInput: Hashable, Sendable {
  public var dynamics: MirrorRow
  /// `nil` where the record has no counterpart, or it is to be read first.
  public var marketo: MirrorRow?
  public var link: Link?
  /// By pair; a pair without a base has never agreed.
  public var bases: [String: Base]
  /// By the Dynamics id of what the record's facts point to.
  public var needs: [String: Need]
  /// The accounts of contacts that are customers, by the contact's id; `nil` inside for none, and
  /// no entry for a contact that is not held.
  public var customers: [String: String?]
  /// Marketo's own number of the company that an account became, by the account's id.
  public var companyNumbers: [String: String]
  /// The field of a Marketo company that ``companyNumbers`` are read from.
  public static let companyNumber: FieldName = "id"
  /// Whether roles of the opportunity stand in Marketo.
  public var hasRoles: Bool
  /// Whether the record that it was merged into, or became, is gone.
  public var isSurvivorGone: Bool
  /// What a service refused and is not tried again yet.
  public var refusals: [Refusal]
  /// Fields that are paused, or were written by each of the last runs and changed back.
  public var comebacks: [Comeback]

  public init(
    dynamics: MirrorRow, marketo: MirrorRow? = nil, link: Link? = nil, bases: [String: Base] = [:],
    needs: [String: Need] = [:], customers: [String: String?] = [:],
    companyNumbers: [String: String] = [:], hasRoles: Bool = false,
    isSurvivorGone: Bool = false, refusals: [Refusal] = [], comebacks: [Comeback] = []
  ) {
    self.dynamics = dynamics
    self.marketo = marketo
    self.link = link
    self.bases = bases
    self.needs = needs
    self.customers = customers
    self.companyNumbers = companyNumbers
    self.hasRoles = hasRoles
    self.isSurvivorGone = isSurvivorGone
    self.refusals = refusals
    self.comebacks = comebacks
  }
}

/// How it stands with a record that another one points to.
public enum Need: Hashable, Sendable {
  /// It has a counterpart.
  case met(marketoID: String)
  /// It has none yet.
  case missing
}

/// A value, or a record's whole write, that a service refused.
public struct Refusal: Hashable, Sendable {
  public var side: Side
  /// Empty for a whole write.
  public var pair: String
  /// What was refused, as ``PlannedOperation/content(of:)`` names it.
  public var content: String

  public init(side: Side, pair: String, content: String) {
    self.side = side
    self.pair = pair
    self.content = content
  }
}
