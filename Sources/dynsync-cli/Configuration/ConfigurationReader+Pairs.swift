import Model
import Yams

/// What the pairs of one entity are read against.
struct PairContext {
  var section: ConfigurationSection
  /// The entity's direction.
  var direction: Direction
  /// Marketo fields that dynsync fills by itself.
  var reserved: Set<FieldName>
}

extension ConfigurationReader {
  /// Reads the pairs of an entity and refuses those that cannot stand beside each other.
  mutating func pairs(_ context: PairContext) -> [FieldPair] {
    let path = context.section.path(of: "fields")
    guard let entry = found("fields", in: context.section) else { return [] }
    guard let items = entry.value.sequence, !items.isEmpty else {
      refuse(
        path, line: entry.line, "is no list of pairs",
        mend: "write a line '- {dynamics: jobtitle, marketo: title}' for each pair")
      return []
    }
    var pairs: [(pair: FieldPair, line: Int)] = []
    for (index, item) in items.enumerated() {
      let line = item.mark?.line ?? entry.line
      let place = "\(path)[\(index + 1)]"
      guard
        let section = section(
          item, path: place, pattern: "entities.ENTITY.fields", line: line),
        let pair = pair(in: section, context: context)
      else { continue }
      refuseClash(of: pair, with: pairs, at: place, line: line)
      pairs.append((pair, line))
    }
    return pairs.map(\.pair)
  }

  private mutating func pair(
    in section: ConfigurationSection, context: PairContext
  ) -> FieldPair? {
    let dynamics = fieldName("dynamics", in: section)
    let marketo = fieldName("marketo", in: section)
    let direction = direction(in: section, context: context)
    let winner = choice("winner", in: section, from: Winner.allCases)
    guard let dynamics, let marketo else { return nil }
    refuseCapitals(in: dynamics, of: section)
    refuseReserved(marketo, of: section, context: context)
    let pair = FieldPair(dynamics, marketo, direction: direction, winner: winner)
    return winner == nil && pair.isOptOut
      ? FieldPair(dynamics, marketo, direction: direction, winner: .trueWins) : pair
  }

  private mutating func direction(
    in section: ConfigurationSection, context: PairContext
  ) -> Direction {
    guard let value = text("direction", in: section),
      let direction = choice(value, from: Direction.allCases)
    else { return context.direction }
    guard !direction.isWider(than: context.direction) else {
      refuse(
        value.path, line: value.line,
        "'\(direction.rawValue)' is wider than the entity's '\(context.direction.rawValue)'",
        mend: "write '\(context.direction.rawValue)' or remove it")
      return context.direction
    }
    return direction
  }

  /// Notes a Dynamics column that is not spelt as a logical name.
  mutating func refuseCapitals(
    in dynamics: FieldName, of section: ConfigurationSection, key: String = "dynamics"
  ) {
    let lowercased = dynamics.rawValue.lowercased()
    guard lowercased != dynamics.rawValue else { return }
    refuse(
      section.path(of: key), line: section[key]?.line ?? section.line,
      "'\(dynamics)' is no logical name: these are in lower case", mend: "write '\(lowercased)'")
  }

  private mutating func refuseReserved(
    _ marketo: FieldName, of section: ConfigurationSection, context: PairContext
  ) {
    let isReserved = context.reserved.contains { $0.isSameColumn(as: marketo) }
    guard isReserved else { return }
    refuse(
      section.path(of: "marketo"), line: section.line, "dynsync fills '\(marketo)' by itself",
      mend: "remove this pair")
  }

  private mutating func refuseClash(
    of pair: FieldPair, with others: [(pair: FieldPair, line: Int)], at path: String, line: Int
  ) {
    if let other = others.first(where: {
      $0.pair.marketo.isSameColumn(as: pair.marketo)
    }) {
      refuse(
        path, line: line,
        "Marketo's '\(pair.marketo)' is mapped already in line \(other.line)",
        mend: "remove one of the two pairs")
    } else if pair.direction.allows(writingTo: .dynamics),
      let other = others.first(where: {
        $0.pair.source == pair.source && $0.pair.direction.allows(writingTo: .dynamics)
      })
    {
      refuse(
        path, line: line,
        "Dynamics' '\(pair.sourceName)' is written by the pair in line \(other.line) already",
        mend: "write 'direction: to_marketo' in one of the two")
    }
  }
}

extension FieldPair {
  /// Whether the pair says that a person does not want something: nothing but a person undoes that.
  var isOptOut: Bool {
    sourceName.hasPrefix("donot") || marketo.rawValue.hasPrefix("doNot")
      || marketo.rawValue == "unsubscribed"
  }
}
