import Model

/// How one run is to go.
public struct RunOptions: Hashable, Sendable {
  /// Stop before the first write.
  public var isDry: Bool
  /// Plan and write these entities alone; all are read.
  public var only: Set<Entity>
  /// The digest of a plan over the limits that a person agreed to.
  public var allowedMass: String?
  /// Read, plan and write this record alone, with what it needs: a Dynamics id, a Marketo id or an
  /// e-mail address.
  public var record: String?
  /// Make these persons Dynamics records, and plan and write nothing else.
  public var requests: [SyncRequest]

  public init(
    isDry: Bool = false, only: Set<Entity> = [], allowedMass: String? = nil,
    record: String? = nil, requests: [SyncRequest] = []
  ) {
    self.isDry = isDry
    self.only = only
    self.allowedMass = allowedMass
    self.record = record
    self.requests = requests
  }

  /// What the run's row says of a run that did not take every entity; `nil` for one that did.
  var restriction: String? {
    if let record { return "only record \(record)" }
    if !requests.isEmpty {
      return "only persons \(requests.map(\.person.text).joined(separator: ", "))"
    }
    return only.isEmpty ? nil : "only \(only.map(\.rawValue).sorted().joined(separator: ", "))"
  }
}
