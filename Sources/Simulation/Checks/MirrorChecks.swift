import Model
import Store

/// Looks whether the database holds of every linked record what the services hold: nothing that anybody
/// did was missed.
struct MirrorChecks {
  let ledger: [LedgerEntry]
  let sides: EndState
  let store: Store
  let epoch: Int
  let rules: SyncRules

  func violations() throws -> [String] {
    let links = try store.query(
      "SELECT entity, dynamics_id, marketo_id FROM link WHERE state = 'active'"
    ).texts
    return try rules.entities.flatMap { rule -> [String] in
      let own = links.filter { $0[0] == rule.entity.rawValue }
      guard !own.isEmpty, rule.dynamics != .derivedRole else { return [] }
      let inDynamics = try rows(of: rule.dynamics)
      let inMarketo = try rows(of: rule.marketo)
      return own.flatMap { link in
        dynamics(link[1], inDynamics[link[1]], rule) + marketo(link[2], inMarketo[link[2]], rule)
      }
    }
  }

  private func rows(of object: ObjectType) throws -> [String: [String: String]] {
    let key: String
    switch object.side {
    case .dynamics: key = "\(object.name)id"
    case .marketo: key = SimulatedObjects(rules).keys[object]?.rawValue ?? "id"
    }
    let result = try store.query("SELECT * FROM \(object.side)_\(object.name)")
    let rows = result.texts.map { row in
      Dictionary(zip(result.columns, row)) { first, _ in first }
    }
    return Dictionary(rows.map { ($0[key] ?? "", $0) }) { first, _ in first }
  }

  private func dynamics(
    _ id: String, _ mirror: [String: String]?, _ rule: EntityRule
  ) -> [String] {
    guard let mirror else { return ["\(rule.dynamics) \(id) is linked, and was never read"] }
    guard let held = sides.dynamics[rule.dynamics]?[id] else {
      return mirror["_is_deleted"] == "1"
        ? [] : ["\(rule.dynamics) \(id) is gone, and the database does not know"]
    }
    let facts = held.facts
    var expected = [
      "_owner": facts.owner.map { "\($0.object.name)/\($0.id.text)" } ?? "",
      "_account": facts.account?.text ?? "", "_merged_into": facts.mergedInto?.text ?? "",
      "_converted_to": facts.convertedTo?.text ?? "", "_is_deleted": "0",
      "_is_included": facts.isIncluded ? "1" : "0",
    ]
    for name in rule.pairs.compactMap({ $0.field(on: .dynamics) })
    where SimulatedField.exists(name) {
      expected[name.rawValue] = column(held.fields[name] ?? .empty)
    }
    return differences(rule.dynamics, id, mirror, expected)
  }

  private func marketo(
    _ id: String, _ mirror: [String: String]?, _ rule: EntityRule
  ) -> [String] {
    guard let mirror else { return ["\(rule.marketo) \(id) is linked, and was never read"] }
    guard let held = sides.marketo[rule.marketo]?[id] else {
      return ["\(rule.marketo) \(id) is gone, and linked still"]
    }
    var expected = ["_is_deleted": "0"]
    for name in rule.pairs.map(\.marketo)
    where SimulatedField.exists(name) && isTold(rule.marketo, id, name) {
      expected[name.rawValue] = column(held[name] ?? .empty)
    }
    return differences(rule.marketo, id, mirror, expected)
  }

  /// Persons have a feed; what people do to other objects is found by the daily sweep, and so is a late
  /// write of a database that was lost.
  private func isTold(_ object: ObjectType, _ id: String, _ name: FieldName) -> Bool {
    let last = ledger.last {
      $0.side == .marketo && $0.object == object && $0.id == id && $0.field == name
    }
    guard object != .person, let last else { return true }
    return last.author != .human && last.epoch == epoch
  }

  private func differences(
    _ object: ObjectType, _ id: String, _ mirror: [String: String], _ expected: [String: String]
  ) -> [String] {
    expected.sorted { $0.key < $1.key }.compactMap { name, value in
      mirror[name] == value
        ? nil
        : "\(object) \(id) \(name): '\(value)' stands, and the database holds"
          + " '\(mirror[name] ?? "nothing")'"
    }
  }

  private func column(_ value: Value) -> String {
    switch value {
    case .boolean(let truth): truth ? "1" : "0"
    default: value.canonicalText ?? ""
    }
  }
}
