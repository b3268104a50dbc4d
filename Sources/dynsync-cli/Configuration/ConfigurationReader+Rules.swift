import Model
import Yams

extension ConfigurationReader {
  /// Reads what records are matched by; both, by key first, where the configuration says nothing.
  mutating func match(in root: ConfigurationSection) -> [Lookup] {
    let otherwise: [Lookup] = [.key, .email]
    guard let entry = root["match"] else { return otherwise }
    guard let items = entry.value.sequence, !items.isEmpty else {
      refuse(
        "match", line: entry.line, "is no list of look-ups", mend: "write 'match: [key, email]'")
      return otherwise
    }
    var lookups: [Lookup] = []
    for item in items {
      let line = item.mark?.line ?? entry.line
      guard let value = text(item, path: "match", line: line, in: root, name: "match"),
        let lookup = choice(value, from: otherwise)
      else { continue }
      if lookups.contains(lookup) {
        refuse("match", line: line, "'\(lookup.rawValue)' stands here twice", mend: "remove one")
      } else {
        lookups.append(lookup)
      }
    }
    return lookups
  }

  /// Reads the limits of one run.
  mutating func limits(in root: ConfigurationSection) -> Limits {
    var limits = Limits()
    guard root["limits"] != nil, let section = section("limits", in: root) else { return limits }
    limits.updates = share("updates", in: section, otherwise: limits.updates)
    limits.creates = share("creates", in: section, otherwise: limits.creates)
    limits.emptied = number("emptied", in: section, range: 0 ... .max) ?? limits.emptied
    limits.deletes = number("deletes", in: section, range: 0 ... .max) ?? limits.deletes
    return limits
  }

  private mutating func share(
    _ name: String, in section: ConfigurationSection, otherwise: Limits.Share
  ) -> Limits.Share {
    guard section[name] != nil, let share = self.section(name, in: section) else {
      return otherwise
    }
    return Limits.Share(
      percent: number("percent", in: share, range: 0...100) ?? otherwise.percent,
      atLeast: number("at_least", in: share, range: 0 ... .max) ?? otherwise.atLeast)
  }
}
