import Model
import Store

/// Looks at every write of the sync.
///
/// Is it explained, was its value ever typed, and did it undo or empty
/// anything that nobody wanted undone or emptied?
struct WriteChecks {
  let ledger: [LedgerEntry]
  let epoch: Int
  let store: Store
  let stores: [Store]
  let rules: SyncRules
  let isLast: Bool
  let sides: EndState

  private struct Operation {
    var entity: Entity
    var dynamicsID: String
    var marketoID: String
    var status: String
    var isCreate: Bool
    var isLogged: Bool
    /// When its run began.
    var from: String
  }

  func violations() throws -> [String] {
    let operations = try operations()
    let updates = try updates()
    let recovered = try recovered()
    let intents = try WrittenFields(store)
    // Several persons carry the key of what was made: which of them it was is for a person to say.
    let ambiguous = Set(
      try store.query("SELECT dynamics_id FROM sync_error WHERE kind = 'ambiguous'").texts
        .map { $0[0] })
    let overwritten = try OverwrittenWrites(ledger, stores)
    let typed = Set(ledger.filter { $0.author == .human }.compactMap(\.after.origin))
    // A person whose key somebody typed over cannot be found by the key that was sent.
    let key = SimulatedObjects(rules).personKey
    let lostKeys = Set(ledger.filter { $0.author == .human && $0.field == key }.map(\.id))
    var found: [String] = []
    for (place, entry) in ledger.enumerated() where entry.epoch == epoch {
      guard case .sync(let number) = entry.author else { continue }
      guard let operation = operations[number] else {
        found.append("\(name(entry)) was written by no operation")
        continue
      }
      if isLast, operation.status != "applied", stands(entry),
        !ambiguous.contains(operation.dynamicsID), !overwritten.contains(place),
        !(operation.isCreate && lostKeys.contains(entry.id))
      {
        found.append("\(name(entry)) was written, and its operation is \(operation.status)")
      }
      if operation.status == "applied", !operation.isLogged {
        found.append("\(name(entry)) was written, and no line of the log says so")
      }
      if operation.status == "applied",
        let fault = intents.check(entry, number, isCreate: operation.isCreate)
      {
        found.append("\(name(entry)): \(fault)")
      }
      if let origin = entry.after.origin, !typed.contains(origin) {
        found.append("\(name(entry)) was never typed")
      }
      found += checkPair(entry, at: place, operation)
      if epoch == 0, isLast, updates.contains("\(number) \(entry.field)"),
        isReturn(entry, place, recovered: recovered)
      {
        found.append("\(name(entry)) was typed otherwise, and came back in another form")
      }
    }
    return found
  }

  /// The fields that were written because they had changed on the other side, by operation.
  private func updates() throws -> Set<String> {
    Set(
      try store.query(
        "SELECT operation_id, field FROM operation_field WHERE action = 'updated'"
      ).texts.map { "\($0[0]) \($0[1])" })
  }

  /// Whether the write put another form in the place of the very value that somebody typed there.
  ///
  /// There is evidence that the other side made the form, unless that write's answer was lost.
  private func isReturn(_ entry: LedgerEntry, _ place: Int, recovered: Set<Int64>) -> Bool {
    let before = ledger[..<place]
    let last = before.last { $0.isSameField(as: entry) }
    guard let last, last.author == .human, let origin = last.after.origin,
      origin == entry.after.origin,
      let way = before.lastIndex(where: {
        $0.side != entry.side && $0.author != .human && $0.after.origin == origin
      }), case .sync(let carrier) = before[way].author
    else { return false }
    return !recovered.contains(carrier)
  }

  /// The operations whose outcome recovery found out.
  private func recovered() throws -> Set<Int64> {
    Set(
      try store.query(
        "SELECT DISTINCT operation_id FROM activity_log WHERE action = 'recovered'"
      ).texts.compactMap { Int64($0[0]) })
  }

  /// Whether the record is still there: what became of one that is gone cannot be read back.
  private func stands(_ entry: LedgerEntry) -> Bool {
    switch entry.side {
    case .dynamics: sides.dynamics[entry.object]?[entry.id] != nil
    case .marketo: sides.marketo[entry.object]?[entry.id] != nil
    }
  }

  private func name(_ entry: LedgerEntry) -> String {
    "\(entry.object) \(entry.id) \(entry.field): '\(entry.after.canonicalText ?? "")'"
  }

  private func operations() throws -> [Int64: Operation] {
    let rows = try store.query(
      """
      SELECT operation_id, entity, dynamics_id, marketo_id, status, action = 'create',
        EXISTS (SELECT 1 FROM activity_log AS l WHERE l.operation_id = operation.operation_id),
        started_at
      FROM operation JOIN run USING (run_id)
      """
    ).texts
    return Dictionary(
      rows.compactMap { row in
        Int64(row[0]).map {
          (
            $0,
            Operation(
              entity: Entity(rawValue: row[1]), dynamicsID: row[2], marketoID: row[3],
              status: row[4], isCreate: row[5] == "1", isLogged: row[6] == "1",
              from: row[7])
          )
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  private func checkPair(
    _ entry: LedgerEntry, at place: Int, _ operation: Operation
  ) -> [String] {
    guard let rule = rules.rule(for: operation.entity), rule.direction == .both,
      let pair = rule.pairs.first(where: { $0.field(on: entry.side) == entry.field }),
      let other = pair.field(on: entry.side.opposite)
    else { return [] }
    let otherID = entry.side == .marketo ? operation.dynamicsID : operation.marketoID
    let sources = ledger[..<place].filter {
      $0.side == entry.side.opposite && $0.field == other
        && (entry.side == .marketo ? $0.id == otherID : isPart($0.id, of: otherID))
    }
    let source = sources.last { $0.id == otherID }
    // Somebody may have edited the source since the run read it.
    let since = sources.filter { $0.author == .human && $0.at.text >= operation.from }
    if entry.after.isEmpty, !entry.before.isEmpty, sources.last?.after.isEmpty != true,
      !since.contains(where: \.before.isEmpty)
    {
      return ["\(name(entry)) was emptied from '\(entry.before.canonicalText ?? "")'"]
    }
    if pair.winner == .trueWins, entry.before == .boolean(true),
      source?.author != .human || source?.before != .boolean(true),
      !since.contains(where: { $0.before == .boolean(false) })
    {
      return ["\(name(entry)): an opt-out was undone"]
    }
    return []
  }

  /// Whether a person is another, or lives on as that one.
  private func isPart(_ person: String, of other: String) -> Bool {
    person == other || sides.survivor(of: person) == other
  }
}
