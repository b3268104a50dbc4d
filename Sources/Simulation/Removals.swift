import Model

/// Which rows of Dynamics are gone, and since when those that came back stand again.
struct Removals: Sendable {
  /// When the run under way began.
  var runBegan: Int64 = 0
  /// `nil` while the row is gone.
  private var returns: [String: Int64?] = [:]

  mutating func note(_ object: ObjectType, _ id: String, stands: Bool, at seconds: Int64) {
    let name = "\(object.name) \(id)"
    if stands {
      guard returns[name] != nil else { return }
      returns[name] = .some(seconds)
    } else {
      returns[name] = .some(nil)
    }
  }

  /// Whether the row is gone, or was when the run began.
  func wasGone(_ object: ObjectType, _ id: String) -> Bool {
    guard let known = returns["\(object.name) \(id)"] else { return false }
    return known.map { $0 >= runBegan } ?? true
  }
}

extension SimulatedMarketo {
  /// Whether the sync may remove a record: a part in an opportunity, or one whose row is gone in Dynamics
  /// where the configuration says that it goes with it.
  func checkRemoval(_ object: ObjectType, _ id: String) {
    guard object != .role, rows[object]?[id] != nil else { return }
    let row = object == .person ? rows[object]?[id]?[objects.personKey]?.canonicalText ?? "" : id
    guard !objects.propagating(object).contains(where: { world.wasGone($0, row) }) else { return }
    world.violate("\(object) \(id) was deleted, and nobody wanted that")
  }
}
