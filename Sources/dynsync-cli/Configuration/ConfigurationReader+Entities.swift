import Model
import Yams

/// What the section `entities` says.
struct ConfiguredEntities: Hashable, Sendable {
  /// In the order in which entities are written.
  var rules: [EntityRule] = []
  var filters: [Entity: FieldName] = [:]
}

extension ConfigurationReader {
  /// Reads the section `entities`; the rules come in the order in which entities are written.
  mutating func entities(
    in root: ConfigurationSection, personKey: FieldName
  ) -> ConfiguredEntities {
    var configured = ConfiguredEntities()
    guard let section = section("entities", in: root, acceptsAnyName: true) else {
      return configured
    }
    let known = EntityDefaults.known(personKey: personKey)
    refuseUnknownEntities(of: section, known: known.map(\.entity.rawValue))
    if section.entries.isEmpty {
      refuse(
        "entities", line: section.line, "names no entity",
        mend: "add one of \(known.map(\.entity.rawValue).joined(separator: ", "))")
    }
    for defaults in known {
      let name = defaults.entity.rawValue
      guard let entry = section[name],
        let entity = self.section(
          entry.value, path: section.path(of: name), pattern: "entities.ENTITY", line: entry.line)
      else { continue }
      configured.rules.append(rule(defaults, in: entity, personKey: personKey))
      configured.filters[defaults.entity] = fieldName("filter", in: entity)
    }
    return configured
  }

  private mutating func rule(
    _ defaults: EntityDefaults, in section: ConfigurationSection, personKey: FieldName
  ) -> EntityRule {
    let direction = direction(of: defaults, in: section)
    let winner = choice("winner", in: section, from: [Winner.dynamics, .marketo])
    let pairs = PairContext(
      section: section, direction: direction,
      reserved: defaults.reservedFields(personKey: personKey))
    return EntityRule(
      defaults.entity, dynamics: defaults.dynamics, marketo: defaults.marketo,
      direction: direction, winner: winner ?? defaults.winner, pairs: self.pairs(pairs),
      create: create(in: section),
      onDelete: choice("on_delete", in: section, carriedOut: .keep, unfinished: .propagate))
  }

  private mutating func direction(
    of defaults: EntityDefaults, in section: ConfigurationSection
  ) -> Direction {
    guard let value = text("direction", in: section),
      let direction = choice(value, from: Direction.allCases)
    else { return defaults.direction }
    guard !direction.isWider(than: defaults.direction) else {
      refuse(
        value.path, line: value.line,
        "'\(direction.rawValue)' is wider than '\(defaults.direction.rawValue)', "
          + "all that dynsync does for \(defaults.entity)",
        mend: "write '\(defaults.direction.rawValue)' or remove the line")
      return defaults.direction
    }
    return direction
  }

  private mutating func create(in section: ConfigurationSection) -> CreatePolicy {
    choice("create", in: section, carriedOut: .onRequest, unfinished: .always)
  }

  private mutating func refuseUnknownEntities(
    of section: ConfigurationSection, known: [String]
  ) {
    for entry in section.entries where !known.contains(entry.name) {
      let nearest = NearestName.of(entry.name, among: known)
      refuse(
        section.path(of: entry.name), line: entry.line, "this entity is not known",
        mend: nearest.map { "write '\($0)'" }
          ?? "remove it; known are \(known.joined(separator: ", "))")
    }
  }
}

extension Direction {
  /// Whether this direction writes to a side that `other` does not write to.
  func isWider(than other: Direction) -> Bool {
    Side.allCases.contains { allows(writingTo: $0) && !other.allows(writingTo: $0) }
  }
}
