/// An opportunity that was won or lost.
public struct SampleClosing: Hashable, Sendable {
  /// The GUID of the opportunity.
  public let opportunity: String
  /// Whether it was won; lost otherwise.
  public let isWon: Bool
  /// What was sold, where that is not the estimate.
  public let revenue: String?
  /// The day of the end, such as `2025-06-15`.
  public let day: String
}
