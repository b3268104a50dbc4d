import Model

/// Tells what a run of some entities alone leaves for another run.
enum OnlyNote {
  /// One line; `nil` where nothing is left, or every entity was taken.
  ///
  /// `backlog` counts what is left in all, of the entities that were taken as well.
  static func text(
    only: Set<Entity>, of entities: [Entity], backlog: Int
  ) -> String? {
    let others = entities.filter { !only.contains($0) }.map(\.rawValue)
    guard !only.isEmpty, backlog > 0, let last = others.last else { return nil }
    let names =
      others.count == 1 ? last : "\(others.dropLast().joined(separator: ", ")) and \(last)"
    return "--only left \(names) as they are: \(ProgressText.grouped(backlog)) in the backlog"
  }
}
