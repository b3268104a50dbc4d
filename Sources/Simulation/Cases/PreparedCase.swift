import Model
import Store
import Sync

/// A case made ready: a planner with the case's rules, and the three trees that it plans from.
struct PreparedCase {
  var planner: RecordPlanner
  var input: PlanInput
  private static let id = "d1"
  private static let marketoID = "1001"

  /// The text of a key's value is the record's id.
  init(_ item: MergeCase) throws(CaseMistake) {
    var rule = item.rule
    var pairs: [BoundPair] = []
    var dynamics = Record(id: .dynamics(Self.id), version: "W/1", fields: [:])
    var marketo = Record(id: .marketo(Self.marketoID), fields: [:])
    var facts = Facts()
    var bases: [String: Base] = [:]
    var needs: [String: Need] = [:]
    for part in item.pairs {
      let pair = try part.bound(in: rule)
      guard !pairs.contains(where: { $0.pair.marketo == pair.pair.marketo }) else {
        throw CaseMistake(reason: "two pairs are called '\(part.name)'; give each a 'field'")
      }
      pairs.append(pair)
      let one = try part.value(part.dynamics, of: pair, on: .dynamics)
      let other = try part.value(part.marketo, of: pair, on: .marketo)
      if let base = part.base {
        bases[pair.pair.name] = Base(
          dynamics: try part.value(base.dynamics, of: pair, on: .dynamics),
          marketo: try part.value(base.marketo, of: pair, on: .marketo))
      }
      if part.unknown != .marketo { marketo.fields[pair.pair.marketo] = other }
      if let name = pair.pair.field(on: .dynamics) {
        if part.unknown != .dynamics { dynamics.fields[name] = one }
        continue
      }
      if case .derived(let derivation) = pair.pair.source {
        if derivation == .isDeleted, one != .boolean(item.record.isDeleted) {
          throw CaseMistake(reason: Self.deletionMistake)
        }
        try Self.derive(derivation, one, waits: part.waits, &dynamics, &facts, &needs)
      }
    }
    facts.isIncluded = !item.record.isLeftOut
    facts.convertedTo = item.record.became.map(RecordID.dynamics)
    facts.mergedInto = item.record.mergedInto.map(RecordID.dynamics)
    if item.record.hasCompany, facts.account == nil { facts.account = .dynamics("a1") }
    dynamics.facts = facts
    rule.pairs = pairs.map(\.pair)
    planner = RecordPlanner(
      entity: BoundEntity(
        rule: rule,
        dynamics: ObjectSchema(
          rule.dynamics, keyField: "id", fields: pairs.map(\.dynamics), feed: .records),
        marketo: ObjectSchema(
          rule.marketo, keyField: "id", fields: pairs.map(\.marketo), feed: .notices),
        pairs: pairs, stopped: []),
      carried: [.user, .account, .lead, .contact])
    let isNew = item.record.isNew
    input = PlanInput(
      dynamics: MirrorRow(
        record: dynamics, change: 1, isDirty: true, isDeleted: item.record.isDeleted),
      marketo: isNew
        ? nil : MirrorRow(record: marketo, change: 2, isDirty: true, isDeleted: false),
      link: isNew
        ? nil
        : Link(
          id: 1, entity: rule.entity, dynamicsID: dynamics.id.text, marketoID: Self.marketoID,
          state: item.record.link), bases: bases, needs: needs, hasRoles: item.record.hasRoles)
  }

  private static let deletionMistake =
    "'dynamics' and 'record' do not say the same of whether it is gone"

  /// Makes the facts from which the planner derives `value`.
  private static func derive(
    _ derivation: Derivation, _ value: Value, waits: Bool, _ record: inout Record,
    _ facts: inout Facts, _ needs: inout [String: Need]
  ) throws(CaseMistake) {
    switch derivation {
    case .key: record.id = .dynamics(value.canonicalText ?? id)
    case .isDeleted: break
    case .owner, .account:
      guard waits || !value.isEmpty else { return }
      let needed = derivation == .owner ? "u1" : "a1"
      needs[needed] = value.canonicalText.map { .met(marketoID: $0) } ?? .missing
      if derivation == .owner {
        facts.owner = Reference(.user, .dynamics(needed))
      } else {
        facts.account = .dynamics(needed)
      }
    default:
      throw CaseMistake(reason: "no case can be made of the derived value '\(derivation.rawValue)'")
    }
  }
}
