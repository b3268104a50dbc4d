import Store

/// What a dry run would write: counts for each entity and side, then the values that would be lost.
struct PlanText {
  /// More changes than this are counted, not shown.
  static let mostShown = 20
  /// A value is cut to so many characters.
  static let widest = 24

  private var order: [Target] = []
  private var counts: [Target: Count] = [:]
  /// The first values that would be lost.
  private var shown: [PlannedChange] = []
  private var replaced = 0

  /// Takes the next change of the plan; the changes of one record's write follow each other.
  mutating func add(_ change: PlannedChange) {
    let target = Target(entity: change.entity, side: change.side)
    if counts[target] == nil { order.append(target) }
    counts[target, default: Count()].add(change)
    guard change.replacesValue else { return }
    replaced += 1
    if shown.count < Self.mostShown { shown.append(change) }
  }

  /// The whole text with its last line end; empty where nothing is planned.
  var text: String {
    guard !order.isEmpty else { return "" }
    guard replaced > 0 else { return countTable.alignedText }
    let isCut = replaced > shown.count
    let extent = isCut ? " (\(shown.count) of \(ProgressText.grouped(replaced)))" : ""
    let title = "Values that would be replaced\(extent)"
    return "\(countTable.alignedText)\n\(title)\n\(shownTable.alignedText)"
  }

  private var countTable: ResultTable {
    ResultTable(
      columns: ["entity", "to", "creates", "updates", "fills", "replaces"],
      rows: order.map { target in
        let count = counts[target] ?? Count()
        return [
          .text(target.entity), .text(DisplayName.side(target.side)),
          .integer(count.created), .integer(count.updated), .integer(count.filled),
          .integer(count.replaced),
        ]
      })
  }

  private var shownTable: ResultTable {
    ResultTable(
      columns: ["entity", "record", "to", "field", "holds", "becomes"],
      rows: shown.map { change in
        [
          change.entity, change.dynamicsID, DisplayName.side(change.side), change.field,
          Self.cut(change.held), Self.cut(change.becomes),
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
  var created: Int64 = 0
  var updated: Int64 = 0
  /// Empty fields of standing records that would get a value.
  var filled: Int64 = 0
  /// Values of standing records that would get another one, or none.
  var replaced: Int64 = 0
  /// The record that was counted last: more of its fields may follow.
  private var last: String?

  /// Counts one field.
  mutating func add(_ change: PlannedChange) {
    let isFirst = change.dynamicsID != last
    last = change.dynamicsID
    guard !change.isCreate else {
      if isFirst { created += 1 }
      return
    }
    if isFirst { updated += 1 }
    if change.replacesValue { replaced += 1 } else { filled += 1 }
  }
}

extension PlannedChange {
  /// Whether a standing record would lose a value.
  fileprivate var replacesValue: Bool { !isCreate && !held.isEmpty }
}
