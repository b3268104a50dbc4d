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

  /// What the run's row says of a run that did not take every entity; `nil` for one that did.
  var restriction: String? {
    only.isEmpty ? nil : "only \(only.map(\.rawValue).sorted().joined(separator: ", "))"
  }
}
