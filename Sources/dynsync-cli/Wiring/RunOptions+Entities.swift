import Model
import Sync

extension RunOptions {
  /// The entities that `--only` names; all of them must be configured.
  ///
  /// The roles of opportunities go with them.
  static func entities(
    _ names: [String], of rules: SyncRules, for command: String = "run"
  ) throws(CommandError) -> Set<Entity> {
    let known = rules.entities.map(\.entity.rawValue)
    for name in names where !known.contains(name) {
      throw CommandError(
        .usage, "\(command): '\(name)' is no entity of the configuration",
        mend: "name one of \(known.joined(separator: ", "))")
    }
    let entities = Set(names.map(Entity.init(rawValue:)))
    return entities.contains(.opportunity) ? entities.union([.opportunityRole]) : entities
  }
}
