import Model
import Sync

extension RunOptions {
  /// The entities that `--only` names; all of them must be configured.
  static func entities(
    _ names: [String], of rules: SyncRules
  ) throws(CommandError) -> Set<Entity> {
    let known = rules.entities.map(\.entity.rawValue)
    for name in names where !known.contains(name) {
      throw CommandError(
        .usage, "run: '\(name)' is no entity of the configuration",
        mend: "name one of \(known.joined(separator: ", "))")
    }
    return Set(names.map(Entity.init(rawValue:)))
  }
}
