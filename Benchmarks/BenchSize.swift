/// How much a bench does: the documented sizes, or less to see that it works.
enum BenchSize: String, Sendable {
  case full
  /// A minute or two for all of them.
  case small
  /// A few seconds: the figures mean nothing.
  case tiny

  /// The full number, a small one, or a twentieth of that.
  func of(_ full: Int, small: Int) -> Int {
    switch self {
    case .full: full
    case .small: small
    case .tiny: max(1, small / 20)
    }
  }
}
