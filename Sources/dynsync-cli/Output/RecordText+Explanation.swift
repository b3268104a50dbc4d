import Store

extension RecordText {
  /// No more decisions than this are shown for one record.
  static let mostExplained = 1000

  /// The record, and below it one block for each decision, the newest last, and what its derived
  /// values are made from now.
  ///
  /// `lines` are the record's newest decisions, oldest first; where there are more than
  /// ``mostExplained``, the oldest are left out and the text says so.
  static func explanation(
    of match: RecordMatch, field: String?, by lines: [LogLine], from origins: [OriginLine] = [],
    pruning: Pruning? = nil
  ) -> String {
    let since = lines.first?.at ?? match.linkedAt
    let isPruned = pruning.map { since ?? "" < $0.before.text } ?? false
    let heading = isPruned ? "\(heading(of: match))\n\(note(of: pruning))" : heading(of: match)
    guard !lines.isEmpty || !origins.isEmpty else {
      let about = field.map { "the field '\(DisplayText.visible($0))' of it" } ?? "it"
      return "\(heading)\n\nnothing was decided about \(about) yet"
    }
    let isCut = lines.count > mostExplained
    let note = isCut ? ["older decisions are left out: 'dynsync query' finds them in why"] : []
    let blocks = lines.suffix(mostExplained).map(block)
    return ([heading] + note + blocks + self.origins(origins)).joined(separator: "\n\n")
  }

  /// What was decided in one row of the log, and from what.
  private static func block(_ line: LogLine) -> String {
    let what: [String] = [line.field.map(DisplayName.pair), line.action].compactMap(\.self)
    let heading = "\(line.at)  run \(line.run)  \(what.joined(separator: ": "))"
    let rows =
      switch line.action {
      case "rejected": refusal(line)
      case "normalised": normalisation(line)
      default: decision(line)
      }
    return ([heading] + rows).joined(separator: "\n")
  }

  /// What a pruning left of the past.
  static func note(of pruning: Pruning?) -> String {
    pruning.map {
      "of what was decided before \($0.before) the last of each kind is left: the rest was pruned"
        + " on \($0.at)"
    } ?? ""
  }

  private static func decision(_ line: LogLine) -> [String] {
    var rows: [String] = []
    if line.field != nil {
      rows.append(row("Dynamics", history(from: line.dynamicsBase, to: line.dynamicsValue)))
      rows.append(row("Marketo", history(from: line.marketoBase, to: line.marketoValue)))
    }
    if let changed = changed(line) { rows.append(row("changed", changed)) }
    if let rule = line.rule { rows.append(row("because", DisplayText.visible(rule))) }
    if let winner = line.winner { rows.append(row("winner", DisplayName.side(winner))) }
    if let written = written(line) { rows.append(row("written", written)) }
    if line.isStoredOtherwise { rows.append(row("read back", value(line.stored))) }
    if let message = line.message { rows.append(row("note", DisplayText.visible(message))) }
    return rows
  }

  private static func refusal(_ line: LogLine) -> [String] {
    let sent = written(line).map { row("sent", $0) }
    let complaint = complaint(of: line).map { row("refused", DisplayText.visible($0)) }
    return [sent, complaint].compactMap(\.self)
  }

  private static func normalisation(_ line: LogLine) -> [String] {
    let stored = line.side == "dynamics" ? line.dynamicsValue : line.marketoValue
    let rule = line.rule.map { row("because", DisplayText.visible($0)) }
    let sent = written(line).map { row("sent", $0) }
    return [rule, sent, row("stored", value(stored))].compactMap(\.self)
  }

  /// One named line of a block.
  static func row(_ name: String, _ text: String) -> String {
    "  \(name)\(String(repeating: " ", count: max(1, 10 - name.count)))\(text)"
  }

  static func history(from base: String?, to now: String?) -> String {
    guard let base else { return "\(value(now)), no base before" }
    return base == now ?? "" ? "\(value(now)), unchanged" : "\(value(base)) → \(value(now))"
  }

  /// Which side changed the field since both last agreed.
  private static func changed(_ line: LogLine) -> String? {
    guard let dynamicsBase = line.dynamicsBase, let marketoBase = line.marketoBase else {
      return nil
    }
    let sides = [
      dynamicsBase == line.dynamicsValue ?? "" ? nil : "in Dynamics",
      marketoBase == line.marketoValue ?? "" ? nil : "in Marketo",
    ].compactMap(\.self)
    return sides.isEmpty ? nil : sides.joined(separator: " and ")
  }

  static func written(_ line: LogLine) -> String? {
    guard let side = line.side else { return nil }
    let target = "to \(DisplayName.side(side))"
    let subject = line.field == nil ? "the record" : value(line.written)
    let operation = line.operation.map { "operation \($0)" }
    let request = line.requestID.map { "request \(DisplayText.visible($0))" }
    let references = [operation, request].compactMap(\.self).joined(separator: ", ")
    return "\(subject) \(target)" + (references.isEmpty ? "" : " (\(references))")
  }
}
