import Store

/// Puts a pruning into words.
enum PruneText {
  /// One line without a line end.
  static func line(of pruning: Pruning, isDry: Bool) -> String {
    guard !pruning.isEmpty else { return "there is nothing to prune before \(pruning.before)" }
    let parts = [
      Amount.text(pruning.logRows, "row of the log", plural: "rows of the log"),
      Amount.text(pruning.operations, "operation"),
      Amount.text(pruning.watermarks, "watermark"),
      Amount.text(pruning.runs, "run"),
    ]
    let amounts = "\(parts.dropLast().joined(separator: ", ")) and \(parts[3])"
    return "\(isDry ? "would remove" : "removed") \(amounts) from before \(pruning.before)"
  }
}
