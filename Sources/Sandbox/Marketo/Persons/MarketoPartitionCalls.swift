/// Answers the calls about partitions of the lead database.
enum MarketoPartitionCalls {
  /// Lists the partitions.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    .result(
      try call.state.partitions().map { partition in
        var members: [MarketoJSON.Member] = [
          .init(key: "id", value: .integer(partition.id)),
          .init(key: "name", value: .string(partition.name)),
        ]
        if let text = partition.description {
          members.append(.init(key: "description", value: .string(text)))
        }
        return .object(members)
      })
  }

  /// Moves persons to other partitions.
  static func move(_ call: MarketoCall) throws -> MarketoAnswer {
    let schema = try call.state.personSchema()
    return .result(
      try call.input().map { record in
        let id = record["id"]?.wholeNumber ?? 0
        do {
          try move(id, to: record["partitionName"]?.text ?? "", schema, call.state)
          return .members(["id": .integer(id), "status": .string("updated")])
        } catch let reason as MarketoFailure {
          return .members([
            "id": .integer(id), "status": .string("skipped"), "reasons": .array([reason.json]),
          ])
        }
      })
  }

  private static func move(
    _ id: Int64, to name: String, _ schema: MarketoPersonSchema, _ state: MarketoState
  ) throws {
    let fields = try schema.fields(["leadPartitionId"])
    guard let before = try state.person(id, fields)?["leadPartitionId"] else {
      throw MarketoFailure.leadNotFound
    }
    guard !name.isEmpty else { throw MarketoFailure(1009, "Partition name must be specified") }
    guard let partition = try state.partition(named: name) else {
      throw MarketoFailure(1008, "Access denied to partition '\(name)'")
    }
    guard before != .integer(partition.id) else { return }
    try state.updatePerson(
      id, fields.map { MarketoFieldValue(field: $0, value: .integer(partition.id)) })
    try MarketoPersonLog(state: state).moved(id, from: before, to: partition)
  }
}
