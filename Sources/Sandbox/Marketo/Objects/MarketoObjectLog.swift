/// Writes what the activity log of a person says about records that name the person.
struct MarketoObjectLog {
  let object: MarketoObject
  let state: MarketoState

  /// Logs that a record came.
  func added(_ row: Int64) throws {
    switch object.trace {
    case .nothing: return
    case .opportunityRole: try logRole(row, MarketoActivityType.addToOpportunity)
    case .added(let type): try logRecord(row, type)
    }
  }

  /// Logs that a record is about to go.
  func removed(_ row: Int64) throws {
    guard case .opportunityRole = object.trace else { return }
    try logRole(row, MarketoActivityType.removeFromOpportunity)
  }

  /// Logs that a record names another person now.
  func changed(_ row: Int64, _ changes: [MarketoFieldValue]) throws {
    guard case .added(let type) = object.trace,
      changes.contains(where: { change in links.contains { $0.field == change.field.name } })
    else { return }
    try logRecord(row, type)
  }

  private var links: [(field: String, personField: String)] {
    object.references.compactMap { reference in
      guard case .person(let field) = reference.target else { return nil }
      return (reference.field, field)
    }
  }

  private func logRole(_ row: Int64, _ type: Int64) throws {
    let role = try state.record(of: object, row: row, object.fields)
    guard let person = role["leadId"]?.wholeNumber,
      let key = MarketoObject.opportunity.field("externalOpportunityId"),
      let name = MarketoObject.opportunity.field("name")
    else { return }
    let opportunity = try state.row(
      of: .opportunity, where: [.init(field: key, value: role[key.name] ?? .empty)])
    let title = try opportunity.flatMap {
      try state.record(of: .opportunity, row: $0, [name])[name.name]?.text
    }
    try state.log(
      MarketoActivity(
        personID: person, at: state.now, type: type, primaryID: opportunity, primaryValue: title,
        attributes: [
          .init(key: "Is Primary", value: .bool(role["isPrimary"] == .boolean(true))),
          .init(key: "Role", value: .string(role["role"]?.text ?? "")),
        ]))
  }

  private func logRecord(_ row: Int64, _ type: Int64) throws {
    let record = try state.record(of: object, row: row, object.fields)
    for link in links {
      guard let value = record[link.field], value != .empty,
        let field = try state.personField(link.personField),
        let person = try state.personIDs(where: field, equals: value).first
      else { continue }
      try state.log(
        MarketoActivity(
          personID: person, at: state.now, type: type, primaryID: row,
          primaryValue: record[object.idField]?.text, attributes: []))
    }
  }
}
