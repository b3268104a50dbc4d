import Model
import Store

extension Step {
  /// Reads what changed on both sides, streams side by side.
  ///
  /// Contacts are read before leads: a lead that becomes a contact in between waits for it.
  func pull() async throws {
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
      try await group.waitForAll()
    }
  }

  private func readRecords(_ schema: ObjectSchema) async throws {
    let connector = try connector(schema.object.side)
    let feed = "\(schema.object.side)_\(schema.object.name)"
    var watermark = try store.watermark(of: feed)
    repeat {
      try checkStop()
      let page: ChangePage
      do {
        page = try await connector.changes(in: schema, after: watermark)
      } catch let error as ServiceError where error.kind == .watermarkExpired && watermark != nil {
        engine.log.notice("reading everything again", metadata: ["feed": "\(feed)"])
        try store.forgetWatermark(of: feed)
        watermark = nil
        continue
      }
      let counts = try store.apply(page, to: schema, run: run, at: engine.now())
      watermark = page.watermark
      note(counts)
    } while watermark?.isComplete != true
  }

  private func readNotices(_ schema: ObjectSchema) async throws {
    let connector = try connector(schema.object.side)
    let feed = "\(schema.object.side)_\(schema.object.name)"
    var watermark = try store.watermark(of: feed)
    repeat {
      try checkStop()
      let page = try await connector.changes(in: schema, after: watermark)
      let counts = try store.apply(notices: page, to: schema, run: run, at: engine.now())
      watermark = page.watermark
      note(counts)
    } while watermark?.isComplete != true
    try sweepIfDue(schema)
    try await readStale(schema)
    try store.forgetActivities(before: engine.now() - 2 * 24 * 3600)
  }

  /// Once a day everything that is linked is read again: not every change is told by a feed.
  private func sweepIfDue(_ schema: ObjectSchema) throws {
    let feed = "sweep \(schema.object.side)_\(schema.object.name)"
    let last = try store.watermark(of: feed).flatMap { Instant($0.text) }
    let now = engine.now()
    if let last, now < last + engine.sweepInterval { return }
    if last != nil { try store.markAllStale(in: schema) }
    try store.setWatermark(
      Watermark(now.text, isComplete: true), of: feed, run: run, at: now)
  }

  private func readStale(_ schema: ObjectSchema) async throws {
    let connector = try connector(schema.object.side)
    var last = ""
    while true {
      try checkStop()
      let ids = try store.staleRecords(in: schema, after: last, limit: engine.chunk)
      guard let end = ids.last else { return }
      let counts = try await read(ids, in: schema, through: connector)
      note(counts)
      last = end
    }
  }

  /// Reads records by id into the mirror; those that are not there are gone.
  @discardableResult
  func read(
    _ ids: [String], in schema: ObjectSchema, through connector: any Connector
  ) async throws -> PageCounts {
    let found = try await connector.find(in: schema, by: .id, values: ids)
    let missing = Set(ids).subtracting(found.map(\.id.text)).sorted()
    return try store.apply(found, missing: missing, to: schema, run: run)
  }

  private func note(_ counts: PageCounts) {
    tally.add {
      $0.recordsPulled += counts.records
      $0.recordsChanged += counts.changed
    }
    engine.report(Progress(.pull, done: tally.counts.recordsPulled))
  }
}
