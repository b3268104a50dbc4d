/// Answers the merge of persons into one.
enum MarketoPersonMerge {
  /// Losers that one call may name ("Lead database": past 25, error 1080).
  static let limit = 25

  /// Merges the named persons into the one of the path.
  ///
  /// The winner keeps what it has; what it lacks it takes from the losers, in their order. A
  /// loser's opt-out wins. The losers' activities become the winner's, and so do the records that
  /// name them.
  static func answer(_ call: MarketoCall) throws -> MarketoAnswer {
    let state = call.state
    guard let winner = call.captured["id"].flatMap(Int64.init) else {
      throw MarketoFailure.resourceNotFound
    }
    let losers = try losers(call, winner: winner)
    for id in [winner] + losers {
      guard try state.person(id, []) != nil else {
        throw MarketoFailure(1004, "Lead '\(id)' not found")
      }
    }
    let schema = try state.personSchema()
    var isUpdated = false
    for loser in losers {
      let taken = try takeOver(loser, into: winner, schema, state)
      isUpdated = isUpdated || taken
    }
    try MarketoPersonLog(state: state).merged(losers, into: winner, isUpdated: isUpdated)
    return .done
  }

  private static func losers(
    _ call: MarketoCall, winner: Int64
  ) throws(MarketoFailure) -> [Int64] {
    let texts = call.parameters.list("leadId") + call.parameters.list("leadIds")
    guard !texts.isEmpty else { throw .invalid("Lead ids not specified") }
    guard texts.count <= limit else {
      throw MarketoFailure(1080, "The number of leads to merge exceeds the limit of \(limit)")
    }
    var losers: [Int64] = []
    for text in texts {
      guard let id = Int64(text) else { throw .value(text, required: "integer") }
      guard id != winner else { throw .invalid("A lead cannot be merged into itself") }
      if !losers.contains(id) { losers.append(id) }
    }
    return losers
  }

  private static func takeOver(
    _ loser: Int64, into winner: Int64, _ schema: MarketoPersonSchema, _ state: MarketoState
  ) throws -> Bool {
    let fields = schema.all.filter { $0.isUpdateable && $0.home != .nowhere }
    let mine = try state.person(winner, fields) ?? [:]
    let theirs = try state.person(loser, fields) ?? [:]
    if state.settings.isOn(.mergeLogsDelete) {
      try MarketoPersonLog(state: state).deleted(loser)
    }
    try state.moveActivities(from: loser, to: winner)
    try MarketoPersonTies(state: state).move(from: loser, to: winner)
    try state.deletePerson(loser)
    var input = MarketoPersonInput()
    for field in fields {
      guard let value = theirs[field.name], value != .empty, let own = mine[field.name],
        own == .empty || (field.name == "unsubscribed" && value == .boolean(true) && own != value)
      else { continue }
      switch field.home {
      case .companyKey: input.companyKey = value
      case .company: input.company.append(.init(field: field, value: value))
      default: input.own.append(.init(field: field, value: value))
      }
    }
    let isLinked = mine["externalCompanyId"] != .empty || input.companyKey != nil
    if isLinked { input.company = [] }
    try MarketoPersonWriter(state: state, schema: schema, author: .merge).update(winner, input)
    return !input.own.isEmpty || !input.company.isEmpty || input.companyKey != nil
  }
}
