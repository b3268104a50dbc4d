import Store

/// Puts records and log rows into lines for people.
enum RecordText {
  /// `lead 4b1c… ↔ Marketo 7001 (active, linked by e-mail on 2026-01-05T09:15:02Z)`.
  static func heading(of match: RecordMatch) -> String {
    let entity = match.entity ?? "record"
    let dynamics = match.dynamicsID ?? "(none)"
    guard let state = match.linkState else { return "\(entity) \(dynamics), not linked" }
    let counterpart = match.marketoID.map { " ↔ Marketo \($0)" } ?? ""
    let survivor = match.survivorID.map { ", lives on as \($0)" } ?? ""
    let linked = match.linkedAt.map { ", linked by \(match.how ?? "?") on \($0)" } ?? ""
    return "\(entity) \(dynamics)\(counterpart) (\(state)\(survivor)\(linked))"
  }

  /// One row of the log as one line.
  static func line(of line: LogLine) -> String {
    let record = [line.dynamicsID, line.marketoID].compactMap(\.self).joined(separator: "/")
    let parts = [
      line.at, "run \(line.run)", line.entity, record, line.action, line.field,
      line.side.map { "to \($0)" }, line.written.map { "'\($0)'" }, line.rule,
      line.errorCode.map { "(\($0))" }, line.message,
    ]
    return parts.compactMap(\.self).joined(separator: "  ")
  }

  /// One row of the log with everything that it was decided from.
  static func explanation(of line: LogLine) -> String {
    let what = [line.field, line.action].compactMap(\.self).joined(separator: ": ")
    var lines = ["  \(line.at)  run \(line.run)  \(what)"]
    if let rule = line.rule { lines.append("    because    \(rule)") }
    if line.field != nil, line.dynamicsBase != nil || line.dynamicsValue != nil {
      lines.append("    Dynamics   \(change(from: line.dynamicsBase, to: line.dynamicsValue))")
    }
    if line.field != nil, line.marketoBase != nil || line.marketoValue != nil {
      lines.append("    Marketo    \(change(from: line.marketoBase, to: line.marketoValue))")
    }
    if let side = line.side, line.field != nil {
      lines.append("    written    \(value(line.written)) to \(side)\(reference(of: line))")
    }
    if let message = line.message {
      lines.append("    message    \(line.errorCode.map { "\($0): " } ?? "")\(message)")
    }
    return lines.joined(separator: "\n")
  }

  private static func reference(of line: LogLine) -> String {
    let operation = line.operation.map { "operation \($0)" }
    let request = line.requestID.map { "request \($0)" }
    let parts = [operation, request].compactMap(\.self)
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private static func change(from base: String?, to now: String?) -> String {
    guard let base else { return "\(value(now)), no base before" }
    return base == now ?? "" ? "\(value(now)), unchanged" : "\(value(base)) → \(value(now))"
  }

  private static func value(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "(empty)" }
    return "'\(text)'"
  }
}
