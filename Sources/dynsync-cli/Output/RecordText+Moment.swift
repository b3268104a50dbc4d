import Model
import Store

extension RecordText {
  /// What both sides of a record held at a moment, and what was decided before and after it.
  static func explanation(
    of match: RecordMatch, field: String?, at moment: Instant, pruning: Pruning?,
    by histories: [FieldHistory]
  ) -> String {
    let isPruned = pruning.map { moment < $0.before } ?? false
    let head = [heading(of: match), "as of \(moment)"] + (isPruned ? [note(of: pruning)] : [])
    guard !histories.isEmpty else {
      let about = field.map { "the field '\(DisplayText.visible($0))' of it" } ?? "it"
      return head.joined(separator: "\n") + "\n\nnothing was decided about \(about) yet"
    }
    let blocks = histories.map { block($0, isPruned: isPruned) }
    return ([head.joined(separator: "\n")] + blocks).joined(separator: "\n\n")
  }

  private static func block(_ history: FieldHistory, isPruned: Bool) -> String {
    var rows = [history.field.map(DisplayName.pair) ?? "the record"]
    if history.field != nil {
      rows.append(row("Dynamics", holding(history.dynamics)))
      rows.append(row("Marketo", holding(history.marketo)))
    }
    if let decided = history.decided {
      rows.append(row("decided", place(decided)))
      if let rule = decided.rule { rows.append(row("because", DisplayText.visible(rule))) }
      if let written = written(decided) { rows.append(row("written", written)) }
      if decided.isStoredOtherwise { rows.append(row("read back", value(decided.stored))) }
      if let complaint = complaint(of: decided) {
        rows.append(row("note", DisplayText.visible(complaint)))
      }
    } else {
      rows.append(row("decided", isPruned ? "nothing that is left" : "nothing yet"))
    }
    rows.append(row("next", history.next.map(following) ?? "nothing since"))
    return rows.joined(separator: "\n")
  }

  private static func holding(_ holding: FieldHistory.Holding) -> String {
    switch holding {
    case .known(let text): value(text)
    case .unknown: "not known"
    }
  }

  private static func place(_ line: LogLine) -> String {
    "\(line.at)  run \(line.run)  \(line.action)"
  }

  /// The first decision after the moment, with what had changed until then.
  private static func following(_ line: LogLine) -> String {
    guard line.field != nil, line.dynamicsBase != nil else { return place(line) }
    let dynamics = history(from: line.dynamicsBase, to: line.dynamicsValue)
    let marketo = history(from: line.marketoBase, to: line.marketoValue)
    return "\(place(line)): Dynamics \(dynamics); Marketo \(marketo)"
  }
}
