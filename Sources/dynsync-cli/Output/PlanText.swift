import Store

/// What a dry run would write: a count for each entity and side, then the changes of standing records.
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
    let changes = fields.filter { !$0.isCreate }
    guard !changes.isEmpty else { return counts.alignedText }
    let shown = changes.prefix(Self.mostShown)
    let title =
      changes.count > shown.count
      ? "Fields of standing records that would change (\(shown.count) of \(changes.count))"
      : "Fields of standing records that would change"
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
      columns: ["entity", "to", "creates", "updates", "fields"],
      rows: order.map { target in
        let count = counts[target] ?? Count()
        return [
          .text(target.entity), .text(DisplayName.side(target.side)),
          .integer(Int64(count.created.count)), .integer(Int64(count.updated.count)),
          .integer(Int64(count.fields)),
        ]
      })
  }

  private func table(of changes: [PlannedField]) -> ResultTable {
    ResultTable(
      columns: ["entity", "record", "to", "field", "holds", "becomes"],
      rows: changes.map { field in
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
  var fields = 0

  /// Counts one field.
  mutating func add(_ field: PlannedField) {
    fields += 1
    if field.isCreate {
      created.insert(field.record)
    } else {
      updated.insert(field.record)
    }
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
