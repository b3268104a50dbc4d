import Store

/// What a dry run would write: counts for each entity and side, then the values that would be lost.
struct PlanText {
  /// More changes than this are counted, not shown.
  static let mostShown = 20
  /// A value is cut to so many characters.
  static let widest = 24

  private let fields: [PlannedField]

  /// Takes the rows of `Reader.plan()`: one for each field that would be written.
  init(_ plan: QueryResult) {
    fields = plan.rows.compactMap { PlannedField($0, columns: plan.columns) }
  }

  /// The whole text with its last line end; empty where nothing is planned.
  var text: String {
    guard !fields.isEmpty else { return "" }
    let replaced = fields.filter(\.replacesValue)
    guard !replaced.isEmpty else { return counts.alignedText }
    let shown = replaced.prefix(Self.mostShown)
    let isCut = replaced.count > shown.count
    let extent = isCut ? " (\(shown.count) of \(ProgressText.grouped(replaced.count)))" : ""
    let title = "Values that would be replaced\(extent)"
    return "\(counts.alignedText)\n\(title)\n\(table(of: Array(shown)).alignedText)"
  }

  private var counts: ResultTable {
    var order: [Target] = []
    var counts: [Target: Count] = [:]
    for field in fields {
      let target = Target(entity: field.entity, side: field.side)
      if counts[target] == nil { order.append(target) }
      counts[target, default: Count()].add(field)
    }
    return ResultTable(
      columns: ["entity", "to", "creates", "updates", "fills", "replaces"],
      rows: order.map { target in
        let count = counts[target] ?? Count()
        return [
          .text(target.entity), .text(DisplayName.side(target.side)),
          .integer(Int64(count.created.count)), .integer(Int64(count.updated.count)),
          .integer(Int64(count.filled)), .integer(Int64(count.replaced)),
        ]
      })
  }

  private func table(of fields: [PlannedField]) -> ResultTable {
    ResultTable(
      columns: ["entity", "record", "to", "field", "holds", "becomes"],
      rows: fields.map { field in
        [
          field.entity, field.record, DisplayName.side(field.side), field.name,
          Self.cut(field.held), Self.cut(field.becomes),
        ].map { .text($0) }
      })
  }

  private static func cut(_ value: String) -> String {
    let text = DisplayText.visible(value)
    return text.count > widest ? "\(text.prefix(widest - 1))…" : text
  }
}

/// Which records of which side.
private struct Target: Hashable {
  var entity: String
  var side: String
}

/// What would be written to one target.
private struct Count {
  var created: Set<String> = []
  var updated: Set<String> = []
  /// Empty fields of standing records that would get a value.
  var filled = 0
  /// Values of standing records that would get another one, or none.
  var replaced = 0

  /// Counts one field.
  mutating func add(_ field: PlannedField) {
    guard !field.isCreate else {
      created.insert(field.record)
      return
    }
    updated.insert(field.record)
    if field.replacesValue { replaced += 1 } else { filled += 1 }
  }
}

/// One field that would be written.
private struct PlannedField {
  var entity: String
  /// The Dynamics id.
  var record: String
  var side: String
  var isCreate: Bool
  var name: String
  var held: String
  var becomes: String

  /// Whether a standing record would lose a value.
  var replacesValue: Bool { !isCreate && !held.isEmpty }

  /// Reads one row of the plan; `nil` where a column is missing.
  init?(_ row: [QueryResult.Cell], columns: [String]) {
    func text(_ column: String) -> String? {
      guard let index = columns.firstIndex(of: column) else { return nil }
      if case .text(let text) = row[index] { return text }
      return ""
    }
    guard let entity = text("entity"), let record = text("dynamics_id"), let side = text("side"),
      let action = text("action"), let name = text("field"), let held = text("held"),
      let becomes = text("becomes")
    else { return nil }
    (self.entity, self.record, self.side, self.name) = (entity, record, side, name)
    (self.held, self.becomes, isCreate) = (held, becomes, action == "create")
  }
}
