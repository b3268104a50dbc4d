/// One edit by a person, in the service where it is made; records by their place in the model.
enum RandomDeed {
  case field(Int, pair: Int, String?)
  case marketoField(Int, pair: Int, String?)
  /// A value in Marketo that follows from Dynamics, altered by hand.
  case derivedField(Int, field: Int, String?)
  case assign(Int, owner: Int)
  case moveContact(Int, account: String?)
  case sell(Int, to: Expectation.Ties.Customer?)
  case estimate(Int, String?)
  case step(Int, String?)
  case win(Int, revenue: String?)
  case lose(Int)
  case reopen(Int)
  case subscribe(Int, contact: String?)
  case connect(Int, person: Int, role: String?, isTurned: Bool)
  /// A connection by its place, edited through one of its rows.
  case recast(Int, row: Int, role: String?)
  case replace(Int, row: Int, person: Int)
  case redirect(Int, row: Int, opportunity: Int)
  case toggle(Int, row: Int)
  case disconnect(Int, row: Int)

  /// What is done, without to whom.
  var name: String { String("\(self)".prefix { $0 != "(" }) }

  static let names = [
    "assign", "connect", "derivedField", "disconnect", "estimate", "field", "lose",
    "marketoField", "moveContact", "recast", "redirect", "reopen", "replace", "sell", "step",
    "subscribe",
    "toggle", "win",
  ]
}
