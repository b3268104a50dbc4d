/// Which status goes with which state.
struct DynamicsStateRule {
  let table: DynamicsTable
  let id: String

  /// Completes the state and the status that a write sets; throws where they do not go together.
  ///
  /// A state alone takes its default status, a status alone its state.
  func settle(_ cells: inout [String: DynamicsCell], current: DynamicsCell?) throws {
    guard !table.states.isEmpty else { return }
    let state = cells["statecode"]?.integer
    let status = cells["statuscode"]?.integer
    switch (state, status) {
    case (let state?, let status?): try check(status, state)
    case (let state?, nil):
      let isSame = current == .integer(state) && cells["statuscode"] == nil
      if !isSame {
        let found = table.states.first { $0.value == state }
        cells["statuscode"] = .integer(found?.defaultStatus ?? -1)
      }
    case (nil, let status?):
      if current == nil, table.columnsByName["statecode"]?.isCreatable == false {
        try check(status, 0)
      }
      let found = table.states.first { $0.statuses.contains { $0.value == status } }
      cells["statecode"] = .integer(found?.value ?? 0)
    case (nil, nil):
      cells["statecode"] = nil
      cells["statuscode"] = nil
      guard current == nil, let first = table.states.first else { return }
      cells["statecode"] = .integer(first.value)
      cells["statuscode"] = .integer(first.defaultStatus)
    }
  }

  private func check(_ status: Int64, _ state: Int64) throws {
    let found = table.states.first { $0.value == state }
    guard found?.statuses.contains(where: { $0.value == status }) == true else {
      throw DynamicsFailure(
        400, "0x80048408",
        "\(status) is not a valid status code for state code "
          + "\(table.schemaName)State.\(found?.label ?? String(state)) on \(table.name) with Id "
          + "\(id).")
    }
  }
}
