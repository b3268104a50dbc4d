import Model

/// How far a run is.
public struct Progress: Hashable, Sendable {
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    case recover
    case pull
    case link
    case plan
    case push
  }

  public var phase: Phase
  /// What is worked on: an entity; empty where it is everything at once.
  public var subject: String
  public var done: Int
  /// `nil` where it is not known beforehand.
  public var total: Int?

  public init(_ phase: Phase, _ subject: String = "", done: Int, total: Int? = nil) {
    self.phase = phase
    self.subject = subject
    self.done = done
    self.total = total
  }
}
