import Logging
import Model
import Store
import Sync

/// One history: the whole engine and a real store in virtual time, between two services in memory.
struct History: Sendable {
  let script: HistoryScript
  let rules: SyncRules
  var order = SimulatedDynamics.PageOrder.forward
  /// Where its databases come from; `nil` for new ones.
  var pool: StorePool?
  /// The file that the last database is copied to in the end.
  var keep: String?

  /// What came out of a history.
  struct Outcome: Hashable, Sendable {
    /// What must never be; empty for a history without a fault of ours.
    var violations: [String]
    /// How often each fault and event really happened.
    var counts: [String: Int]
    /// Values that were overwritten unseen in the window that Marketo leaves open.
    var unseen: Int
    /// Both services' final contents, as text: the same seed gives the same bytes.
    var contents: String
    /// How many steps each run had: the points at which the process could have died.
    var steps: [Int]
    /// Everything that was written, a line each; only of a history whose database is kept.
    var ledger: [String] = []
  }

  /// Lives it through on the calling task, which must run on a ``LaneExecutor`` to be repeatable.
  func run() async throws -> Outcome {
    let (outcome, databases) = try await live()
    try pool?.giveBack(databases)
    return outcome
  }

  /// The schema that the database of an undisturbed history has in the end.
  static func schema(by rules: SyncRules) async throws -> String {
    let script = HistoryScript(seed: 0, faults: [], length: 1)
    return try await History(script: script, rules: rules).live().databases.last?.renew() ?? ""
  }

  private func live() async throws -> (outcome: Outcome, databases: [PooledStore]) {
    let world = SimulatedWorld()
    let objects = SimulatedObjects(rules)
    let dynamics = SimulatedDynamics(world: world, objects: objects, order: order)
    let marketo = SimulatedMarketo(world: world, objects: objects)
    let people = People(
      dynamics: dynamics, marketo: marketo, world: world, rules: rules, objects: objects)
    world.setPerformer { await people.perform($0) }
    for number in 0..<3 {
      await dynamics.put(
        .user, "u\(number)", ["internalemailaddress": .text("U\(number)@sim.test")])
    }
    for number in 0..<2 { await dynamics.put(.team, "t\(number)", ["name": .text("Team")]) }
    await dynamics.put(.connectionRole, "role-1", ["name": .text("Decision Maker")])
    var run = Run(
      world: world, dynamics: dynamics, marketo: marketo, rules: rules, pool: pool)
    try run.openStore()
    for round in script.rounds { try await run.live(round) }
    try await run.calmDown()
    run.violations += world.violations
    let checks = HistoryChecks(
      world: world, dynamics: dynamics, marketo: marketo, rules: rules, stores: run.stores,
      changedPairs: Set(script.rounds.compactMap { $0.rules?.name(in: rules) }))
    run.violations += try await checks.violations()
    let contents = await contents(dynamics, marketo)
    if script.seed % 8 == 0 { try await run.startAfresh(checks.sides()) }
    if let keep { try run.stores.last?.copy(to: keep) }
    let outcome = Outcome(
      violations: run.violations, counts: world.counts, unseen: await marketo.unseen.count,
      contents: contents, steps: run.steps,
      ledger: keep == nil ? [] : world.ledger.map(\.words))
    return (outcome, run.databases)
  }

  /// Marketo numbers its persons as they come: here each goes by its key, where it has one.
  private func contents(
    _ dynamics: SimulatedDynamics, _ marketo: SimulatedMarketo
  ) async -> String {
    let persons = await marketo.rows[.person] ?? [:]
    let keyed = Dictionary(
      grouping: persons.keys.sorted(), by: { persons[$0]?[marketo.objects.personKey] ?? .empty })
    // The id of a record that a person asked for is made from the person's number.
    func plain(_ text: String) -> String { GUID(text) == nil ? text : "an id made from a person's" }
    func name(_ id: String) -> String {
      guard let key = persons[id]?[marketo.objects.personKey], !key.isEmpty,
        let place = keyed[key]?.firstIndex(of: id)
      else { return id }
      return place == 0 ? "person of \(plain(key.canonicalText ?? ""))" : id
    }
    func line(_ object: ObjectType, _ id: String, _ fields: [FieldName: Value]) -> String {
      let texts = fields.filter { !$0.value.isEmpty }.map { field, value in
        let text = value.canonicalText ?? ""
        return "\(field)=\(field == "leadId" ? name(text) : plain(text))"
      }
      return "\(object) \(plain(id)): \(texts.sorted().joined(separator: ", "))"
    }
    var lines: [String] = []
    for (object, rows) in await dynamics.rows {
      for (id, record) in rows { lines.append(line(object, id, record.fields)) }
    }
    for (object, rows) in await marketo.rows {
      for (id, row) in rows {
        let role = object == .role ? RoleKey(id) : nil
        let own = role.map { "\($0.opportunity) \(name($0.person)) \($0.role)" }
        lines.append(line(object, own ?? (object == .person ? name(id) : id), row))
      }
    }
    return lines.sorted().joined(separator: "\n")
  }

  /// The state of a history under way.
  private struct Run {
    let world: SimulatedWorld
    let dynamics: SimulatedDynamics
    let marketo: SimulatedMarketo
    let rules: SyncRules
    let pool: StorePool?
    /// The databases, the last of which is in use.
    var databases: [PooledStore] = []
    var violations: [String] = []
    var steps: [Int] = []

    mutating func openStore() throws {
      world.begin()
      databases.append(try pool?.take(for: world) ?? PooledStore(world))
    }

    var stores: [Store] { databases.map(\.store) }

    mutating func live(_ round: HistoryScript.Round) async throws {
      if round.losesDatabase {
        world.count("lost_database")
        world.beginEpoch()
        try openStore()
      }
      for event in round.before { await world.perform(event) }
      if round.rules != nil { world.count("changed_rules") }
      let impostor = try knownPeer(round.impostor)
      await setImpostor(impostor)
      world.begin(
        SimulatedWorld.Scene(
          readFaults: round.readFaults, writeFaults: round.writeFaults, edits: round.during,
          deathAt: round.deathAt))
      let changed = try round.rules.flatMap { change in
        try stores.last.map { try ChangedRuleChecks(change: change, store: $0, rules: rules) }
      }
      let report = await sync(round.rules?.applied(to: rules) ?? rules, impostor: impostor)
      violations += try changed?.violations() ?? []
      if impostor != nil, report != nil {
        violations.append("a run succeeded although another organisation answered")
      }
      if impostor != nil, world.writeCalls > 0 {
        violations.append("a run wrote although another organisation answered")
      }
      steps.append(world.steps)
      await setImpostor(nil)
      for event in world.takeLeftEdits() { await world.perform(event) }
      world.advance(by: round.pause)
    }

    /// A database that has not met the services yet cannot tell an impostor.
    private func knownPeer(_ side: Side?) throws -> Side? {
      guard let side, let store = stores.last else { return nil }
      return try store.peer(side) == nil ? nil : side
    }

    private func setImpostor(_ side: Side?) async {
      if side != nil { world.count("other_organisation") }
      await dynamics.setOrganisation(side == .dynamics ? "other" : "org")
      await marketo.setOrganisation(side == .marketo ? "999-ZZZ-999" : "123-ABC-456")
    }

    /// Runs once; a run that a fault ended is no violation, any other failure is.
    mutating func sync(_ rules: SyncRules, impostor: Side? = nil) async -> RunReport? {
      guard let store = stores.last else { return nil }
      let world = world
      let engine = Engine(
        store: store, rules: rules, dynamics: dynamics, marketo: marketo, version: "simulation",
        log: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
        now: { world.now })
      do {
        return try await engine.run { _ in 0 }
      } catch is SimulatedDeath {
        return nil
      } catch let error as ServiceError where error.kind == .unavailable(retryAfter: nil) {
        return nil
      } catch let error as RunError where error.kind == .otherPeer && impostor != nil {
        return nil
      } catch {
        violations.append("a run failed: \(error)")
        return nil
      }
    }

    /// Once nothing goes wrong any more and nobody edits, two runs at most settle everything.
    mutating func calmDown() async throws {
      var writes: [Int] = []
      var refusals = 0
      // By then everything has been told, however late.
      world.advance(by: 600)
      for _ in 0..<4 {
        if writes.count == 2 { refusals = world.refusals.count }
        world.begin()
        world.advance(by: 300)
        let before = await dynamics.writeCount + marketo.writeCount
        if await sync(rules) == nil { violations.append("a quiet run did not come to its end") }
        writes.append(await dynamics.writeCount + marketo.writeCount - before)
      }
      if writes[2] + writes[3] > 0 { violations.append("no end of writing: \(writes)") }
      violations += QuietRefusals(refusals: world.refusals, earlier: refusals).violations
    }

    /// A new database over two sides that are in step writes nothing.
    mutating func startAfresh(_ sides: EndState) async throws {
      guard violations.isEmpty, let store = stores.last,
        try FreshStart(store: store, sides: sides, rules: rules).isDue()
      else { return }
      world.count("started_afresh")
      world.beginEpoch()
      try openStore()
      let before = await dynamics.writeCount + marketo.writeCount
      let written = world.ledger.count
      for _ in 0..<2 {
        world.begin()
        world.advance(by: 300)
        if await sync(rules) == nil { violations.append("a first run did not come to its end") }
      }
      guard await dynamics.writeCount + marketo.writeCount > before else { return }
      violations.append("a new database wrote over two sides that were in step")
      violations += world.ledger.dropFirst(written).map {
        "\($0.object) \($0.id) \($0.field): '\($0.before.canonicalText ?? "")' became"
          + " '\($0.after.canonicalText ?? "")'"
      }
    }
  }
}
