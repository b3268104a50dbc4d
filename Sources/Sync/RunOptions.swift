import Model

/// How one run is to go.
public struct RunOptions: Hashable, Sendable {
  /// Stop before the first write.
  public var isDry: Bool
  /// Plan and write these entities alone; all are read.
  public var only: Set<Entity>

  public init(isDry: Bool = false, only: Set<Entity> = []) {
    self.isDry = isDry
    self.only = only
  }
}
