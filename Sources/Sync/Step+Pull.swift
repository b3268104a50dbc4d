import Model
import Store

extension Step {
  /// Reads what changed on both sides, or what a restricted run deals with, which it tells.
  func pull() async throws -> Focus? {
    if let record = options.record { return try await pull(record: record) }
    if !options.requests.isEmpty { return try await pull(requests: options.requests) }
    try await pullFeeds()
    return nil
  }

  /// Reads the feeds of both sides, streams side by side.
  ///
  /// Contacts are read before leads: a lead that becomes a contact in between waits for it.
  private func pullFeeds() async throws {
    try store.wakeErrors(at: engine.now())
    let dynamics = layout.mirrors.filter { $0.object.side == .dynamics && $0.feed == .records }
    let people = dynamics.filter { [.contact, .lead].contains($0.object) }.sorted {
      $0.object < $1.object
    }
    let others = dynamics.filter { ![.contact, .lead].contains($0.object) }
    let notices = layout.mirrors.filter { $0.feed == .notices }
    try await withThrowingTaskGroup { group in
      for lane in [people] + others.map({ [$0] }) {
        group.addTask { for schema in lane { try await readRecords(schema) } }
      }
      for schema in notices {
        group.addTask { try await readNotices(schema) }
      }
      for schema in layout.mirrors where schema.feed == .none {
        group.addTask { try await readStale(schema) }
      }
      try await group.waitForAll()
    }
    try store.clearUnplanned(in: layout)
  }

  private func readRecords(_ schema: ObjectSchema) async throws {
    try await readFeed(schema) { page in
      try guardAgainstAbsence(after: page, in: schema)
      return try store.apply(page, to: schema, run: run, at: engine.now())
    }
  }

  private func readNotices(_ schema: ObjectSchema) async throws {
    try await readFeed(schema) { page in
      try store.apply(notices: page, to: schema, run: run, at: engine.now())
    }
    try await sweepIfDue(schema)
    if try store.hasNewcomers(in: schema) { try await readRequests(schema) }
    try await readStale(schema)
    try store.forgetActivities(before: engine.now() - 2 * 24 * 3600)
  }

  /// Reads a feed from its watermark to its end, page by page.
  private func readFeed(
    _ schema: ObjectSchema, apply: (ChangePage) throws -> PageCounts
  ) async throws {
    let connector = try connector(schema.object.side)
    var watermark = try store.watermark(of: feed(of: schema))
    repeat {
      try checkStop()
      do {
        let page = try await connector.changes(in: schema, after: watermark)
        note(try apply(page))
        watermark = page.watermark
      } catch let error as ServiceError where error.kind == .watermarkExpired && watermark != nil {
        try startOver(schema, because: error.reason)
        watermark = nil
      }
    } while watermark?.isComplete != true
  }

  /// What happened since the watermark is not told any more: everything is looked at.
  ///
  /// Who asked meanwhile to become a Dynamics record is looked for as on the first day.
  private func startOver(_ schema: ObjectSchema, because reason: String) throws {
    engine.log.notice("reading everything again", metadata: ["object": "\(schema.object)"])
    if schema.feed == .notices {
      try store.markAllStale(in: schema)
      try store.forgetWatermark(of: sweep(of: schema))
    }
    try store.forgetWatermark(of: feed(of: schema))
    try warn(.watermark, "\(schema.object) was read whole: \(reason)")
  }

  func feed(of schema: ObjectSchema) -> String {
    "\(schema.object.side)_\(schema.object.name)"
  }

  private func sweep(of schema: ObjectSchema) -> String { "sweep \(feed(of: schema))" }

  /// Once a day everything that is linked is read again: not every change is told by a feed.
  private func sweepIfDue(_ schema: ObjectSchema) async throws {
    let feed = sweep(of: schema)
    let last = try store.watermark(of: feed).flatMap { Instant($0.text) }
    let now = engine.now()
    // A sweep that is still to come was made by a clock that was wrong.
    if let last, last <= now, now < last + engine.sweepInterval { return }
    if last != nil { try store.markAllStale(in: schema) }
    try await readRequests(schema)
    try store.setWatermark(
      Watermark(now.text, isComplete: true), of: feed, run: run, at: now)
  }

  /// Reads the persons who ask to become Dynamics records.
  ///
  /// The feed does not tell of those who asked before it was read for the first time, nor of those
  /// who were made with their wish.
  private func readRequests(_ schema: ObjectSchema) async throws {
    let words = layout.entities.filter { $0.rule.marketo == schema.object }.map(\.entity.rawValue)
    do {
      let found = try await connector(schema.object.side).find(
        in: schema, by: .request, values: words.sorted())
      note(try store.apply(found, to: schema, run: run))
    } catch let error as ServiceError where error.kind == .setup {
      // More than can be listed: the feed tells of whoever asks from now on.
      engine.log.warning("older requests are not read", metadata: ["because": "\(error)"])
    }
    try store.forgetNewcomers(in: schema)
  }

  /// Reads what a feed reported, or a sweep wants looked at; what is missing is asked for twice.
  private func readStale(_ schema: ObjectSchema) async throws {
    let connector = try connector(schema.object.side)
    var last = ""
    var missing: [String] = []
    var strangers: [String] = []
    while true {
      try checkStop()
      let ids = try store.staleRecords(in: schema, after: last, limit: engine.chunk)
      guard let end = ids.last else { break }
      let found = try await findTwice(ids, in: schema, through: connector)
      missing += Set(ids).subtracting(found.map(\.id.text)).sorted()
      let others = try self.strangers(among: found, in: schema)
      strangers += others.sorted()
      let known = found.filter { !others.contains($0.id.text) }
      note(try store.apply(known, to: schema, run: run))
      last = end
    }
    try guardAgainstMassAbsence(missing, strangers: strangers, in: schema)
    note(try store.apply([], missing: missing, strangers: strangers, to: schema, run: run))
  }

  /// Looks records up by id, and once more those that were not there.
  private func findTwice(
    _ ids: [String], in schema: ObjectSchema, through connector: any Connector
  ) async throws -> [Record] {
    let found = try await connector.find(in: schema, by: .id, values: ids)
    let missing = Set(ids).subtracting(found.map(\.id.text)).sorted()
    guard !missing.isEmpty else { return found }
    return found + (try await connector.find(in: schema, by: .id, values: missing))
  }

  /// A record that is gone may live on as part of another: the feed says so, and its link follows.
  private func readMerges(_ schema: ObjectSchema) async throws {
    try await readFeed(schema) { page in
      try store.apply(notices: page, to: schema, run: run, at: engine.now())
    }
    try await readStale(schema)
  }

  /// Reads records by id into the mirror; those that are not there are gone.
  @discardableResult
  func read(
    _ ids: [String], in schema: ObjectSchema, through connector: any Connector
  ) async throws -> PageCounts {
    let found = try await findTwice(ids, in: schema, through: connector)
    let missing = Set(ids).subtracting(found.map(\.id.text)).sorted()
    let strangers = try strangers(among: found, in: schema)
    try guardAgainstCreepingAbsence(missing, strangers: strangers.sorted(), in: schema)
    if !missing.isEmpty, schema.feed == .notices { try await readMerges(schema) }
    return try store.apply(
      found.filter { !strangers.contains($0.id.text) }, missing: missing,
      strangers: strangers.sorted(), to: schema, run: run)
  }

  func note(_ counts: PageCounts) {
    tally.add {
      $0.recordsPulled += counts.records
      $0.recordsChanged += counts.changed
    }
    engine.report(Progress(.pull, done: tally.counts.recordsPulled))
  }
}
