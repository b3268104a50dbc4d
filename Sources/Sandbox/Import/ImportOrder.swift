/// Puts things behind what they belong to.
enum ImportOrder {
  /// The names so that each stands behind its parent, otherwise in their own order.
  ///
  /// `circular` are those that lead back to themselves, or to such a circle; they are left out.
  /// A parent that is not among the names counts as none.
  static func sorted(_ names: [String], parents: [String: String]) -> (
    names: [String], circular: Set<String>
  ) {
    let known = Set(names)
    var sorted: [String] = []
    var placed: Set<String> = []
    var waiting = names
    while !waiting.isEmpty {
      var blocked: [String] = []
      for name in waiting {
        if let parent = parents[name], known.contains(parent), !placed.contains(parent) {
          blocked.append(name)
        } else {
          sorted.append(name)
          placed.insert(name)
        }
      }
      if blocked.count == waiting.count { return (sorted, Set(blocked)) }
      waiting = blocked
    }
    return (sorted, [])
  }
}
