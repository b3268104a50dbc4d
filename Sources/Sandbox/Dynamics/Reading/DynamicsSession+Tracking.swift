extension DynamicsSession {
  /// Answers a read that tracks changes (Dataverse, change tracking).
  func tracked(
    _ table: DynamicsTable, _ options: DynamicsOptions, _ preferences: DynamicsPreferences,
    _ cookie: DynamicsCookie?
  ) throws -> DynamicsAnswer {
    guard try trackedTables().contains(table.name) else {
      throw DynamicsFailure(
        400, "0x80072491", "Entity \(table.name) isn't enabled for change tracking.")
    }
    try options.refuseWhileTracking()
    if let text = options.deltaToken {
      let since = try deltaVersion(text)
      let delta = DynamicsCookie.Delta(rowsAbove: since, deletesAbove: since)
      let upTo = try rows.currentVersion()
      return try changes(table, options, preferences, delta, upTo: upTo, page: 1)
    }
    if let cookie, let tracking = cookie.tracking, let delta = tracking.delta {
      return try changes(
        table, options, preferences, delta, upTo: tracking.upTo, page: cookie.page)
    }
    return try wholeTable(table, options, preferences, cookie)
  }

  /// The tracked tables: by definition, and by the switch `dynamics_tracked_tables`.
  func trackedTables() throws -> Set<String> {
    let setting = try SandboxSettings.all(rows.db)[DynamicsSwitch.trackedTables.rawValue]
    let extra = setting?.items?.compactMap(\.string) ?? []
    return Set(DynamicsCatalogue.tables.filter(\.tracksChanges).map(\.name) + extra)
  }

  private func wholeTable(
    _ table: DynamicsTable, _ options: DynamicsOptions, _ preferences: DynamicsPreferences,
    _ cookie: DynamicsCookie?
  ) throws -> DynamicsAnswer {
    let tracking =
      try cookie?.tracking ?? DynamicsCookie.Tracking(upTo: rows.currentVersion(), delta: nil)
    var query = try DynamicsRowQuery(table: table, select: options.select)
    query.after = cookie?.last
    query.wantsLabels = DynamicsRowWriter.wantsLabels(preferences.annotations)
    let size = Self.pageSize(preferences)
    query.limit = size + 1
    var found = try rows.fetch(query)
    var body = DynamicsPageBody(context: context(table, options.select))
    if found.count > size {
      found.removeLast()
      let last = found.last.map { DynamicsRowLayout(query).position(of: $0) } ?? []
      let next = DynamicsCookie(page: (cookie?.page ?? 1) + 1, last: last, tracking: tracking)
      body.add("@odata.nextLink", link(table, options, "$skiptoken", next.text))
    } else {
      body.add("@odata.deltaLink", deltaLink(table, options, tracking.upTo))
    }
    body.add(found, DynamicsRowWriter(query, preferences.annotations))
    return .json(body.finished(), headers: preferences.appliedHeader)
  }

  private func changes(
    _ table: DynamicsTable, _ options: DynamicsOptions, _ preferences: DynamicsPreferences,
    _ delta: DynamicsCookie.Delta, upTo: Int64, page: Int
  ) throws -> DynamicsAnswer {
    var query = try DynamicsRowQuery(table: table, select: options.select)
    query.wantsLabels = DynamicsRowWriter.wantsLabels(preferences.annotations)
    let size = Self.pageSize(preferences)
    var found: [DynamicsRow] = []
    var deleted: [(id: String, version: Int64)] = []
    var next: DynamicsCookie.Delta?
    if !delta.isInDeletes {
      query.versions = (above: delta.rowsAbove, upTo: upTo)
      query.limit = size + 1
      found = try rows.fetch(query)
    }
    if found.count > size {
      found.removeLast()
      next = delta
      next?.rowsAbove = found.last?.version ?? delta.rowsAbove
    } else {
      let room = size - found.count
      deleted = try rows.tombstones(table, above: delta.deletesAbove, upTo: upTo, limit: room + 1)
      if deleted.count > room {
        deleted.removeLast()
        let last = deleted.last?.version ?? delta.deletesAbove
        next = DynamicsCookie.Delta(rowsAbove: upTo, deletesAbove: last, isInDeletes: true)
      }
    }
    var body = DynamicsPageBody(context: context(table, options.select) + "/$delta")
    if let next {
      let cookie = DynamicsCookie(
        page: page + 1, last: [], tracking: DynamicsCookie.Tracking(upTo: upTo, delta: next))
      body.add("@odata.nextLink", link(table, options, "$skiptoken", cookie.text))
    } else {
      body.add("@odata.deltaLink", deltaLink(table, options, upTo))
    }
    body.add(
      found, DynamicsRowWriter(query, preferences.annotations), deleted: deleted.map(\.id),
      deletedContext: context(table, nil) + "/$deletedEntity")
    return .json(body.finished(), headers: preferences.appliedHeader)
  }

  private func deltaLink(_ table: DynamicsTable, _ options: DynamicsOptions, _ version: Int64)
    -> DynamicsJSON
  {
    link(table, options, "$deltatoken", "\(version)!\(DynamicsInstant.stamp(now))")
  }

  /// The version that a delta token stands for; throws where it is malformed or too old.
  func deltaVersion(_ token: String) throws -> Int64 {
    let parts = token.split(separator: "!", maxSplits: 1)
    guard parts.count == 2, let version = Int64(parts[0]),
      let issued = DynamicsInstant.parseStamp(String(parts[1]))
    else { throw DynamicsFailure.query("Malformed delta token.") }
    let organization = try rows.row(.organization, try organizationID())
    let days = organization?["expirechangetrackingindays"]?.integer ?? 7
    let epoch = try rows.counter("epoch") ?? 0
    guard version >= epoch, now - issued <= days * 86400 else { throw DynamicsFailure.expiredToken }
    return version
  }
}
