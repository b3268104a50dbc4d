import Model

/// How one run is to go.
public struct RunOptions: Hashable, Sendable {
  /// Stop before the first write.
  public var isDry: Bool
  /// Plan and write these entities alone; all are read.
  public var only: Set<Entity>
  /// The digest of a plan over the limits that a person agreed to.
  public var allowedMass: String?

  public init(isDry: Bool = false, only: Set<Entity> = [], allowedMass: String? = nil) {
    self.isDry = isDry
    self.only = only
    self.allowedMass = allowedMass
  }
}
