/// Changes companies, and logs the change on every person that shows the value.
struct MarketoCompanyWriter {
  let state: MarketoState
  let author: MarketoAuthor

  /// Writes values of a company row; those that stay the same are left alone.
  func update(_ row: Int64, _ values: [MarketoFieldValue]) throws {
    let before = try state.record(of: .company, row: row, values.map(\.field))
    let changes = values.filter { before[$0.field.name] != $0.value }
    guard !changes.isEmpty, let stamp = MarketoObject.company.field("updatedAt") else { return }
    try state.update(.company, row: row, changes + [.init(field: stamp, value: state.nowText)])
    try log(row, changes, before: before)
  }

  /// Logs changes of a company row on its persons.
  func log(
    _ row: Int64, _ changes: [MarketoFieldValue], before: [String: MarketoValue]
  ) throws {
    let log = MarketoPersonLog(state: state)
    let shown = changes.filter { MarketoPersonFields.byName[$0.field.name]?.home == .company }
    guard !shown.isEmpty else { return }
    for person in try state.members(ofCompany: row) {
      for change in shown {
        try log.changed(
          person, change.field, from: before[change.field.name] ?? .empty, to: change.value,
          by: author)
      }
    }
  }
}
