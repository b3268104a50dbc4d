import Store

/// Puts records into lines for people.
enum RecordText {
  /// `lead 4b1c… ↔ Marketo 7001 (active, linked by email on 2026-01-05T09:15:02Z)`.
  static func heading(of match: RecordMatch) -> String {
    let entity = match.entity ?? "record"
    let dynamics = match.dynamicsID ?? "(none)"
    guard let state = match.linkState else { return "\(entity) \(dynamics), not linked" }
    let counterpart = match.marketoID.map { " ↔ Marketo \($0)" } ?? ""
    let survivor = match.survivorID.map { ", lives on as \($0)" } ?? ""
    let linked = match.linkedAt.map { ", linked by \(match.how ?? "?") on \($0)" } ?? ""
    return "\(entity) \(dynamics)\(counterpart) (\(state)\(survivor)\(linked))"
  }

  /// One row of the log as one line, whatever its values hold.
  static func line(of line: LogLine) -> String {
    let record = [line.dynamicsID, line.marketoID].compactMap(\.self).joined(separator: "/")
    let target = line.side.map { "to \(DisplayName.side($0))" }
    let written = line.field == nil ? target : target.map { "\(value(line.written)) \($0)" }
    let parts: [String?] = [
      line.at, "run \(line.run)", "\(line.entity) \(record)", line.action,
      line.field.map(DisplayName.pair), written, line.rule, complaint(of: line),
    ]
    return DisplayText.visible(parts.compactMap(\.self).joined(separator: "  "))
  }

  /// The service's code and words; `nil` where there are none.
  static func complaint(of line: LogLine) -> String? {
    guard let code = line.errorCode else { return line.message }
    return "\(code): \(line.message ?? "refused")"
  }

  /// A value in quotes, on one line.
  static func value(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "(empty)" }
    return "'\(DisplayText.visible(text))'"
  }
}
