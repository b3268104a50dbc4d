import Model
import Yams

/// What the section `entities` says.
struct ConfiguredEntities: Hashable, Sendable {
  /// In the order in which entities are written.
  var rules: [EntityRule] = []
  var filters: [Entity: FieldName] = [:]
  /// What is read from Dynamics without being kept in step, with its columns.
  var mirrored: [ObjectType: [FieldName]] = [:]
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
    if section.entries.isEmpty {
      refuse(
        "entities", line: section.line, "names no entity",
        mend: "add one of \(known.map(\.entity.rawValue).joined(separator: ", "))")
    }
    for defaults in known {
      guard let entry = section[defaults.entity.rawValue],
        let entity = entitySection(entry, in: section)
      else { continue }
      if isMirrorAlone(defaults.entity, in: entity) {
        configured.mirrored[defaults.dynamics] = mirroredColumns(in: entity)
      } else {
        configured.rules.append(rule(defaults, in: entity, personKey: personKey))
        configured.filters[defaults.entity] = fieldName("filter", in: entity)
      }
    }
    let names = known.map(\.entity.rawValue)
    for entry in section.entries where !names.contains(entry.name) {
      add(entry, of: section, known: names, to: &configured)
    }
    if configured.rules.isEmpty, !configured.mirrored.isEmpty {
      refuse(
        "entities", line: section.line, "keeps nothing in step: teams are only read",
        mend: "add one of \(names.joined(separator: ", "))")
    }
    return configured
  }

  /// Reads the section of one entity.
  private mutating func entitySection(
    _ entry: ConfigurationSection.Entry, in section: ConfigurationSection
  ) -> ConfigurationSection? {
    self.section(
      entry.value, path: section.path(of: entry.name), pattern: "entities.ENTITY",
      line: entry.line)
  }

  /// Reads an entity that dynsync does not know: a custom one, or a misspelt name.
  private mutating func add(
    _ entry: ConfigurationSection.Entry, of section: ConfigurationSection, known: [String],
    to configured: inout ConfiguredEntities
  ) {
    guard let entity = entitySection(entry, in: section) else { return }
    let isCustom = CustomEntityKey.telling.contains { entity[$0.rawValue] != nil }
    if !isCustom, let nearest = NearestName.of(entry.name, among: known) {
      return refuse(
        entity.path, line: entry.line, "this entity is not known", mend: "write '\(nearest)'")
    }
    guard let custom = customRule(entry.name, in: entity, beside: configured.rules) else { return }
    configured.rules.append(custom)
    configured.filters[custom.entity] = fieldName("filter", in: entity)
  }

  private mutating func rule(
    _ defaults: EntityDefaults, in section: ConfigurationSection, personKey: FieldName
  ) -> EntityRule {
    refuseCustomKeys(of: defaults.entity, in: section)
    let direction = direction(of: defaults, in: section)
    let winner = choice("winner", in: section, from: [Winner.dynamics, .marketo])
    let pairs = PairContext(
      section: section, direction: direction,
      reserved: defaults.reservedFields(personKey: personKey))
    return EntityRule(
      defaults.entity, dynamics: defaults.dynamics, marketo: defaults.marketo,
      direction: direction, winner: winner ?? defaults.winner, pairs: self.pairs(pairs),
      create: create(in: section),
      onDelete: onDelete(canPropagate: defaults.canPropagateDeletes, in: section))
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

  /// Reads what happens in Marketo when the Dynamics record is gone.
  mutating func onDelete(
    canPropagate: Bool, in section: ConfigurationSection
  ) -> DeletePolicy {
    guard let value = text("on_delete", in: section) else { return .keep }
    if !canPropagate, value.text == DeletePolicy.propagate.rawValue {
      refuse(
        value.path, line: value.line,
        "only opportunities and the rows of custom entities are ever deleted in Marketo",
        mend: "remove the line or write 'on_delete: keep'")
      return .keep
    }
    return choice(value, from: canPropagate ? DeletePolicy.allCases : [.keep]) ?? .keep
  }
}

extension Direction {
  /// Whether this direction writes to a side that `other` does not write to.
  func isWider(than other: Direction) -> Bool {
    Side.allCases.contains { allows(writingTo: $0) && !other.allows(writingTo: $0) }
  }
}
