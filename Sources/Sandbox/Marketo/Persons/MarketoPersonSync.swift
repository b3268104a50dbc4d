/// Answers Sync Leads: creates and updates up to 300 persons by a key.
struct MarketoPersonSync {
  /// What to do with a record whose key is there, or is not.
  enum Action: String, Sendable {
    case createOrUpdate, createOnly, updateOnly, createDuplicate
  }

  private let action: Action
  private let lookup: MarketoField
  private let partition: MarketoPartition?
  private let unknownPartition: String?
  private let writer: MarketoPersonWriter

  /// Carries the call out; what is wrong with one record is that record's reason alone.
  static func answer(_ call: MarketoCall) throws -> MarketoAnswer {
    let sync = try MarketoPersonSync(call)
    return .result(
      try call.input().map { record in
        do {
          return try sync.carryOut(record)
        } catch let reason as MarketoFailure {
          return .members(["status": .string("skipped"), "reasons": .array([reason.json])])
        }
      })
  }

  private init(_ call: MarketoCall) throws {
    let name = call.option("action") ?? Action.createOrUpdate.rawValue
    guard let action = Action(rawValue: name) else {
      throw MarketoFailure.invalid("Invalid action '\(name)'")
    }
    self.action = action
    let schema = try call.state.personSchema()
    lookup = try Self.lookup(call.option("lookupField") ?? "email", action, schema)
    writer = MarketoPersonWriter(state: call.state, schema: schema, author: .api)
    let partitionName = call.option("partitionName")
    if partitionName != nil, action == .updateOnly || action == .createDuplicate {
      throw MarketoFailure.invalid("partitionName is not supported with action '\(name)'")
    }
    partition = try partitionName.flatMap { try call.state.partition(named: $0) }
    unknownPartition = partition == nil ? partitionName : nil
  }

  private static func lookup(
    _ name: String, _ action: Action, _ schema: MarketoPersonSchema
  ) throws(MarketoFailure) -> MarketoField {
    guard let field = schema.field(name) else {
      throw MarketoFailure(1006, "Lookup field '\(name)' not found")
    }
    guard field.isSearchable else { throw .lookup(name) }
    guard name != "id" || action == .updateOnly else {
      throw .invalid("Lookup field 'id' is not supported with action '\(action.rawValue)'")
    }
    return field
  }

  private func carryOut(_ record: MarketoJSON) throws -> MarketoJSON {
    let matches = try action == .createDuplicate ? [] : matches(record)
    let input = try MarketoPersonInput(
      record, schema: writer.schema, allowsID: lookup.name == "id",
      cutting: writer.state.settings.isOn(.cutOverlong))
    guard let person = try target(matches) else {
      try writer.check(input, for: nil)
      let id = try writer.create(input, partition: partition?.id ?? 1)
      return .members(["id": .integer(id), "status": .string("created")])
    }
    try checkPartition(of: person)
    try writer.check(input, for: person)
    try writer.update(person, input)
    return .members(["id": .integer(person), "status": .string("updated")])
  }

  private func matches(_ record: MarketoJSON) throws -> [Int64] {
    let key = try lookup.type.value(record[lookup.name] ?? .null)
    guard key != .empty else {
      throw MarketoFailure.invalid("Value for lookup field '\(lookup)' not found")
    }
    return try writer.state.personIDs(where: lookup, equals: key)
  }

  private func target(_ matches: [Int64]) throws(MarketoFailure) -> Int64? {
    if let name = unknownPartition {
      throw MarketoFailure(1008, "Access denied to partition '\(name)'")
    }
    switch action {
    case .createDuplicate: return nil
    case .createOnly:
      guard matches.isEmpty else { throw .leadExists }
      return nil
    case .createOrUpdate, .updateOnly:
      guard matches.count < 2 else { throw .severalLeads }
      guard !matches.isEmpty || action == .createOrUpdate else { throw .leadNotFound }
      return matches.first
    }
  }

  private func checkPartition(of person: Int64) throws {
    guard let partition else { return }
    let fields = try writer.schema.fields(["leadPartitionId"])
    let own = try writer.state.person(person, fields)?["leadPartitionId"]
    guard own == .integer(partition.id) else {
      throw MarketoFailure(1010, "Partition update not allowed")
    }
  }
}
