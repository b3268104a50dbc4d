import Model
import Store

/// What must hold at the end of every history, worked out from the ledger and both sides alone.
struct HistoryChecks: Sendable {
  let world: SimulatedWorld
  let dynamics: SimulatedDynamics
  let marketo: SimulatedMarketo
  let rules: SyncRules
  let stores: [Store]
  /// The pairs whose rules somebody changed on the way.
  var changedPairs: Set<String> = []

  func violations() async throws -> [String] {
    let ledger = world.ledger
    guard let store = stores.last else { return [] }
    var found = try restingState(store)
    let sides = await sides()
    for (epoch, store) in stores.enumerated() {
      found += try WriteChecks(
        ledger: ledger, epoch: epoch, store: store, stores: stores, rules: rules,
        isLast: epoch == stores.count - 1,
        sides: sides
      ).violations()
      found += try DirectionChecks(
        ledger: ledger, epoch: epoch, store: store, rules: rules, sides: sides
      ).violations()
      found += try OptOutChecks(
        ledger: ledger, epoch: epoch, store: store, rules: rules, sides: sides
      ).violations()
    }
    found += try MirrorChecks(
      ledger: ledger, sides: sides, store: store, epoch: stores.count - 1, rules: rules
    ).violations()
    found += try PersonChecks(ledger: ledger, sides: sides, store: store, rules: rules)
      .violations()
    found += try ErrorChecks(
      sides: sides, refusals: world.refusals, epoch: stores.count - 1, store: store, rules: rules
    ).violations()
    found += try RequestChecks(ledger: ledger, sides: sides, stores: stores, rules: rules)
      .violations()
    found += try WaitingChecks(sides: sides, store: store).violations()
    found += try PartnerChecks(sides: sides, store: store, rules: rules).violations()
    found += try AgreementChecks(
      ledger: ledger, sides: sides, store: store, epoch: stores.count - 1, rules: rules
    ).violations()
    found += try EndChecks(ledger: ledger, sides: sides, store: store, stores: stores, rules: rules)
      .violations()
    if rules.logsActivities {
      found += try OutcomeChecks(
        entries: await marketo.activities.entries, persons: Set(await marketo.ids(.person)),
        stores: stores
      ).violations()
    }
    found += try DecisionChecks(
      sides: sides, store: store, rules: rules, changedPairs: changedPairs
    )
    .violations()
    return found
  }

  /// What both services hold.
  func sides() async -> EndState {
    EndState(
      dynamics: await dynamics.rows, marketo: await marketo.rows, unseen: await marketo.unseen,
      labels: await dynamics.everyLabel,
      options: Set(await dynamics.options(of: SimulatedField.optionField).map(\.label)),
      mergedPersons: await marketo.merged)
  }

  private func restingState(_ store: Store) throws -> [String] {
    var found: [String] = []
    for view in ["health", "disagreement"] {
      for row in try store.query("SELECT * FROM \(view)").texts {
        found.append("\(view): \(row.joined(separator: " "))")
      }
    }
    let left = try store.query(
      "SELECT entity, dynamics_id, reason FROM backlog WHERE reason NOT LIKE 'waiting for %'"
    ).texts
    return found + left.map { "backlog: \($0.joined(separator: " "))" }
  }
}

/// What both sides hold when all is quiet.
struct EndState: Sendable {
  var dynamics: [ObjectType: [String: Record]]
  var marketo: [ObjectType: [String: [FieldName: Value]]]
  var unseen: [LedgerEntry]
  /// The number of each label that an option ever had, as texts.
  var labels: [String: String]
  /// The labels that options have now.
  var options: Set<String>
  /// Persons that are part of others now, each with whom.
  var mergedPersons: [String: String]

  /// The person in whom another lives on, if it was merged and that one stands.
  func survivor(of person: String) -> String? {
    var now = person
    var seen: Set<String> = []
    while let next = mergedPersons[now], seen.insert(now).inserted { now = next }
    return now != person && marketo[.person]?[now] != nil ? now : nil
  }
}

extension QueryResult {
  /// The rows as texts; an empty one for `NULL`.
  var texts: [[String]] {
    rows.map { row in
      row.map { cell in
        switch cell {
        case .null: ""
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        }
      }
    }
  }
}

extension Value {
  /// The number of the event that typed the value: services may change its form, never its number.
  ///
  /// Sums that people type end in .56, which no service rounds to another number before the point.
  var origin: Int? {
    if case .decimal(let number) = self,
      number.description.contains(".5") || number.description.contains(".6")
    {
      return Int(number.description.prefix { $0 != "." })
    }
    guard case .text(let text) = self, let mark = text.firstIndex(where: { "vV".contains($0) })
    else { return nil }
    return Int(text[text.index(after: mark)...].prefix { $0.isNumber })
  }
}
