/// Days as the files write them.
enum ImportDay {
  /// A day of the form DD-MM-YY, in this century, or YYYY-MM-DD, as the service writes it.
  ///
  /// `nil` where the text is no such day.
  static func text(_ text: String) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let widths = parts.map(\.utf8.count)
    let day: String? =
      switch widths {
      case [2, 2, 2]: "20\(parts[2])-\(parts[1])-\(parts[0])"
      case [4, 2, 2]: text
      default: nil
      }
    guard let day, DynamicsInstant.parseDate(day) != nil else { return nil }
    return day
  }
}
