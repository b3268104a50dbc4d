/// How much a bench does: the documented sizes, or a few seconds to see that it works.
enum BenchSize: String, Sendable {
  case full
  case small

  /// The full number, or a small one.
  func of(_ full: Int, small: Int) -> Int { self == .full ? full : small }
}
