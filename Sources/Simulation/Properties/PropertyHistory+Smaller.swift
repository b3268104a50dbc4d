import Model
import Store

extension PropertyHistory {
  /// Takes one thing after the other out of a failing case, as long as it still breaks the promise.
  func smallest(
    _ plan: PlannerProperties.Plan, breaking promise: String
  ) -> PropertyHistory {
    var best = self
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for candidate in best.smaller {
        var counts = PropertyCounts()
        guard candidate.play(plan, &counts) == promise else { continue }
        best = candidate
        isSmaller = true
        break
      }
    }
    return best
  }

  /// Each case with one thing less.
  private var smaller: [PropertyHistory] {
    var found = world.pairs.indices.map(without)
    func add(_ change: (inout PropertyHistory) -> Void) {
      var candidate = self
      change(&candidate)
      if candidate != self { found.append(candidate) }
    }
    add { $0.late = nil }
    add { $0.surprises = 0 }
    add { $0.start.isIncluded = true }
    add { $0.start.isConverted = false }
    add { $0.start.hasCompany = false }
    for place in world.pairs.indices {
      add { $0.start.waits[place] = false }
      for side in Side.allCases where world.pairs[place].pair.field(on: side) != nil {
        add { history in
          if let base = history.start.bases[place] {
            history.start.values[place][side] = base[side]
          }
        }
      }
    }
    return found
  }

  private func without(_ place: Int) -> PropertyHistory {
    var fewer = self
    var pairs = world.pairs
    pairs.remove(at: place)
    fewer.world = PropertyWorld(
      rule: world.rule, pairs: pairs, order: Array(pairs.indices.reversed()))
    fewer.start.values.remove(at: place)
    fewer.start.bases.remove(at: place)
    fewer.start.waits.remove(at: place)
    if let edit = late {
      fewer.late = edit.place == place ? nil : edit
      if edit.place > place { fewer.late?.place -= 1 }
    }
    return fewer
  }

  /// Whether two cases of the same rules are the same.
  static func != (one: PropertyHistory, other: PropertyHistory) -> Bool {
    one.start != other.start || one.late != other.late || one.surprises != other.surprises
  }

  /// The case for people: the rules, and what each pair held and holds.
  var words: [String] {
    let rule = world.rule
    let facts = [
      start.isLinked ? nil : "without a counterpart", start.isDeleted ? "gone in dynamics" : nil,
      start.isIncluded ? nil : "left out by the filter", start.isConverted ? "converted" : nil,
      start.hasCompany ? "with a company" : nil,
    ].compactMap(\.self)
    var lines = [
      "entity \(rule.entity): \(rule.direction.rawValue), \(rule.winner.rawValue) wins"
        + (facts.isEmpty ? "" : "; the record is \(facts.joined(separator: ", "))")
    ]
    for (place, pair) in world.pairs.enumerated() {
      let winner = pair.pair.winner.map { ", winner \($0.rawValue)" } ?? ""
      let base = start.bases[place].map(\.words) ?? "none"
      lines.append(
        "\(world.names[place]): \(pair.pair.direction.rawValue)\(winner); base \(base); "
          + "values \(start.values[place].words)\(start.waits[place] ? "; waits" : "")")
      for side in Side.allCases { lines.append("  \(side): \(pair.field(on: side).words)") }
    }
    if let late {
      lines.append(
        "after the first round: \(world.names[late.place]) in \(late.side) becomes "
          + late.value.words)
    }
    return lines
  }
}

extension Base {
  fileprivate var words: String { "\(dynamics.words) | \(marketo.words)" }
}

extension Value {
  fileprivate var words: String { "'\(canonicalText ?? "")'" }
}

extension Field {
  fileprivate var words: String {
    [
      type.rawValue, length.map { "cut after \($0)" }, scale.map { "scale \($0)" },
      text.trimsLeading ? "trimmed before" : nil, text.trimsTrailing ? "trimmed behind" : nil,
      text.lowercases ? "lower case" : nil, isRequired ? "required" : nil,
      isOfCompany ? "the company's" : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }
}
