import Store

/// Puts a pruning into words.
enum PruneText {
  /// One line without a line end.
  static func line(of pruning: Pruning, isDry: Bool) -> String {
    guard !pruning.isEmpty else { return "there is nothing to prune before \(pruning.before)" }
    var parts = [
      Amount.text(pruning.logRows, "row of the log", plural: "rows of the log"),
      Amount.text(pruning.operations, "operation"),
      Amount.text(pruning.watermarks, "watermark"),
    ]
    if pruning.activities > 0 {
      parts.insert(Amount.text(pruning.activities, "activity", plural: "activities"), at: 2)
    }
    let amounts =
      "\(parts.joined(separator: ", ")) and \(Amount.text(pruning.runs, "run"))"
    return "\(isDry ? "would remove" : "removed") \(amounts) from before \(pruning.before)"
  }
}
