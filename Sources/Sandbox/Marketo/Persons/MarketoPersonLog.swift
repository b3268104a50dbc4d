/// Writes the entries of the activity log that the changes of persons cause.
struct MarketoPersonLog {
  let state: MarketoState

  /// One entry for a field that got another value: Change Score for scores, else Change Data
  /// Value.
  ///
  /// An empty value leaves its attribute out.
  func changed(
    _ person: Int64, _ field: MarketoField, from old: MarketoValue, to new: MarketoValue,
    by author: MarketoAuthor
  ) throws {
    var attributes: [MarketoJSON.Member] = []
    if field.isScore {
      attributes.append(.init(key: "Change Value", value: .string(step(old, new))))
    }
    for (name, value) in [("New Value", new), ("Old Value", old)] {
      guard let text = value.logText else { continue }
      attributes.append(.init(key: name, value: field.isScore ? value.json : .string(text)))
    }
    attributes.append(.init(key: "Reason", value: .string(author.reason)))
    attributes.append(.init(key: "Source", value: .string(author.source)))
    try state.log(
      MarketoActivity(
        personID: person, at: state.now,
        type: field.isScore ? MarketoActivityType.changeScore : MarketoActivityType.changeDataValue,
        primaryID: field.id, primaryValue: field.displayName, attributes: attributes))
  }

  /// One entry for a person that is new.
  func created(_ person: Int64, leadSource: MarketoValue, by author: MarketoAuthor) throws {
    var attributes: [MarketoJSON.Member] = [
      .init(key: "Created Date", value: .string(String(MarketoInstant.text(state.now).prefix(10)))),
      .init(key: "Source Type", value: .string(author.source)),
      .init(key: "Source Info", value: .string(author.source)),
    ]
    if let text = leadSource.logText {
      attributes.append(.init(key: "Lead Source", value: .string(text)))
    }
    try add(person, MarketoActivityType.newLead, attributes)
  }

  /// One entry on the winner for the persons that were merged into it.
  func merged(_ losers: [Int64], into winner: Int64, isUpdated: Bool) throws {
    let ids = losers.map(String.init).joined(separator: ",")
    try add(
      winner, MarketoActivityType.mergeLeads,
      [
        .init(key: "Master Updated", value: .bool(isUpdated)),
        .init(key: "Merge IDs", value: .string(ids)),
        .init(key: "Merge Source", value: .string("Web service API")),
        .init(key: "Merged in Sales", value: .bool(false)),
      ])
  }

  /// One entry for a person that is about to be deleted.
  func deleted(_ person: Int64) throws { try add(person, MarketoActivityType.deleteLead, []) }

  /// One entry for a person that was moved to another partition.
  func moved(_ person: Int64, from old: MarketoValue, to new: MarketoPartition) throws {
    try state.log(
      MarketoActivity(
        personID: person, at: state.now, type: MarketoActivityType.changePartition,
        primaryID: new.id, primaryValue: new.name,
        attributes: [
          .init(key: "Old Partition ID", value: .string(old.logText ?? "")),
          .init(key: "Reason", value: .string(MarketoAuthor.api.reason)),
        ]))
  }

  private func add(
    _ person: Int64, _ type: Int64, _ attributes: [MarketoJSON.Member]
  ) throws {
    let name = MarketoPersonFields.byName["mktoName"].map { [$0] } ?? []
    try state.log(
      MarketoActivity(
        personID: person, at: state.now, type: type, primaryID: person,
        primaryValue: state.person(person, name)?["mktoName"]?.text, attributes: attributes))
  }

  private func step(_ old: MarketoValue, _ new: MarketoValue) -> String {
    let step = (new.wholeNumber ?? 0) - (old.wholeNumber ?? 0)
    return step < 0 ? String(step) : "+\(step)"
  }
}
