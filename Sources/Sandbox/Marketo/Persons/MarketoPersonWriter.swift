/// Creates and changes persons with all that follows from it: links, company values, durable
/// unsubscription and the activity log.
///
/// ``check(_:for:)`` refuses before anything is written, so that a skipped record leaves nothing.
struct MarketoPersonWriter {
  let state: MarketoState
  let schema: MarketoPersonSchema
  let author: MarketoAuthor
  /// Whether a linked person's company values may be written through the person.
  ///
  /// A marketer may; the sync call may not (error 1021).
  var reachesCompany = false

  private var log: MarketoPersonLog { MarketoPersonLog(state: state) }

  /// Refuses what names a record that is not there, leaves a company, or writes company values
  /// that are the company's alone.
  func check(_ input: MarketoPersonInput, for person: Int64?) throws {
    if let key = input["externalSalesPersonId"]?.text {
      guard try salesPersonKey(key) != nil else {
        throw MarketoFailure(1013, "Sales person '\(key)' not found")
      }
    }
    let isLinked = try person.map(hasCompany) ?? false
    switch input.companyKey {
    case .text(let key):
      guard try state.companyRow(key: key) != nil else {
        throw MarketoFailure(1013, "Company '\(key)' not found")
      }
    case .empty where isLinked:
      throw MarketoFailure.invalid("externalCompanyId cannot be removed")
    default: break
    }
    let staysLinked = isLinked || input.companyKey?.text != nil
    if staysLinked, !reachesCompany, let field = input.company.first?.field {
      throw MarketoFailure(1021, "Company field '\(field)' cannot be updated through a lead")
    }
  }

  /// Adds a person and answers its id.
  func create(_ input: MarketoPersonInput, partition: Int64) throws -> Int64 {
    let company = try companyRow(for: input)
    if !input.company.isEmpty { try state.update(.company, row: company, input.company) }
    let given = try input.own.map(respelled)
    let id = try state.insertPerson(given + defaults(given, company: company, partition: partition))
    try log.created(id, leadSource: input["leadSource"] ?? .empty, by: author)
    try settleUnsubscription(of: id, given: input)
    return id
  }

  /// Changes a person; a field whose value stays the same is neither written nor logged.
  func update(_ id: Int64, _ input: MarketoPersonInput) throws {
    let watched = ["email", "unsubscribed", "emailInvalid", "emailInvalidCause"]
    let fields = try schema.fields(input.own.map(\.field.name) + watched)
    guard let before = try state.person(id, fields) else { return }
    let changes = try input.own.map(respelled).filter { before[$0.field.name] != $0.value }
    try write(id, changes, before: before, by: author)
    let after = before.merging(changes.map { ($0.field.name, $0.value) }) { _, new in new }
    try followAddress(of: id, from: before, to: after)
    if let key = input.companyKey?.text { try link(id, toCompany: key) }
    if !input.company.isEmpty, let row = try state.companyRow(ofPerson: id) {
      try MarketoCompanyWriter(state: state, author: author).update(row, input.company)
    }
  }

  /// Writes values of a person and logs each.
  func write(
    _ id: Int64, _ changes: [MarketoFieldValue], before: [String: MarketoValue],
    by author: MarketoAuthor
  ) throws {
    guard !changes.isEmpty else { return }
    var written = changes
    if changes.contains(where: { !$0.field.isCustom }), let field = schema.field("updatedAt") {
      written.append(.init(field: field, value: state.nowText))
    }
    try state.updatePerson(id, written)
    for change in changes {
      try log.changed(
        id, change.field, from: before[change.field.name] ?? .empty, to: change.value, by: author)
    }
  }

  /// Moves a person to the company of a key and logs every value that it shows otherwise now.
  func link(_ id: Int64, toCompany key: String) throws {
    guard let row = try state.companyRow(key: key), try state.companyRow(ofPerson: id) != row
    else { return }
    let names = ["externalCompanyId"] + MarketoCompanyFields.shared.map(\.name)
    let fields = try schema.fields(names)
    let before = try state.person(id, fields) ?? [:]
    try state.movePerson(id, toCompany: row)
    let after = try state.person(id, fields) ?? [:]
    for field in fields {
      guard let old = before[field.name], let new = after[field.name], old != new else { continue }
      try log.changed(id, field, from: old, to: new, by: author)
    }
  }

  private func hasCompany(_ id: Int64) throws -> Bool {
    let fields = try schema.fields(["externalCompanyId"])
    return try state.person(id, fields)?["externalCompanyId"]?.text != nil
  }

  private func companyRow(for input: MarketoPersonInput) throws -> Int64 {
    if let key = input.companyKey?.text, let row = try state.companyRow(key: key) { return row }
    return try state.insertImplicitCompany()
  }

  private func salesPersonKey(_ key: String) throws -> MarketoValue? {
    let object = MarketoObject.salesPerson
    guard let field = object.field("externalSalesPersonId"),
      let row = try state.row(of: object, where: [.init(field: field, value: .text(key))])
    else { return nil }
    return try state.record(of: object, row: row, [field])[field.name]
  }

  private func respelled(_ given: MarketoFieldValue) throws -> MarketoFieldValue {
    guard given.field.name == "externalSalesPersonId", let key = given.value.text,
      let own = try salesPersonKey(key)
    else { return given }
    return .init(field: given.field, value: own)
  }

  private func defaults(
    _ given: [MarketoFieldValue], company: Int64, partition: Int64
  ) -> [MarketoFieldValue] {
    let source = MarketoValue.text(author.source)
    let system: [String: MarketoValue] = [
      "contactCompany": .integer(company), "leadPartitionId": .integer(partition),
      "createdAt": state.nowText, "updatedAt": state.nowText, "originalSourceType": source,
      "originalSourceInfo": source, "registrationSourceType": source,
      "registrationSourceInfo": source,
    ]
    let names = Set(given.map(\.field.name))
    return MarketoPersonFields.standard.compactMap { field in
      let value = system[field.name] ?? field.whenEmpty
      guard field.home == .own, value != .empty, !names.contains(field.name) else { return nil }
      return MarketoFieldValue(field: field, value: value)
    }
  }
}
