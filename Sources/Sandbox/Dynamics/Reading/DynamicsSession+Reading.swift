extension DynamicsSession {
  /// Answers the read of one row.
  func single(_ call: DynamicsCall, _ table: DynamicsTable, _ id: String) throws -> DynamicsAnswer {
    let options = try DynamicsOptions(call.query)
    guard options.expand == nil else { throw DynamicsFailure.unsupported("$expand on rows") }
    guard let version = try rows.version(table, id) else {
      throw DynamicsFailure.missing(table.name, id)
    }
    if let etag = call.headers["if-none-match"], Self.version(etag) == version {
      return .empty(304)
    }
    return try representation(of: table, id, select: options.select, call.preferences)
  }

  /// The row as it now stands, with its etag as a header too.
  func representation(
    of table: DynamicsTable, _ id: String, select: [String]?, _ preferences: DynamicsPreferences,
    status: Int = 200
  ) throws -> DynamicsAnswer {
    var query = try DynamicsRowQuery(table: table, select: select)
    query.id = id
    query.wantsLabels = DynamicsRowWriter.wantsLabels(preferences.annotations)
    guard let row = try rows.fetch(query).first else {
      throw DynamicsFailure.missing(table.name, id)
    }
    var body: [UInt8] = []
    DynamicsRowWriter(query, preferences.annotations).write(
      row, context: context(table, select) + "/$entity", to: &body)
    let etag = (name: "ETag", value: "W/\"\(row.version)\"")
    return .json(body, status: status, headers: [etag] + preferences.appliedHeader)
  }

  /// Answers the read of a collection: plain, tracked for the first time, or changes alone.
  func collection(_ call: DynamicsCall, _ table: DynamicsTable) throws -> DynamicsAnswer {
    let options = try DynamicsOptions(call.query)
    let preferences = call.preferences
    let cookie = try options.skipToken.map { try DynamicsCookie($0) }
    if options.deltaToken != nil || preferences.tracksChanges || cookie?.tracking != nil {
      return try tracked(table, options, preferences, cookie)
    }
    guard options.expand == nil else { throw DynamicsFailure.unsupported("$expand on rows") }
    return try page(table, options, preferences, cookie)
  }

  private func page(
    _ table: DynamicsTable, _ options: DynamicsOptions, _ preferences: DynamicsPreferences,
    _ cookie: DynamicsCookie?
  ) throws -> DynamicsAnswer {
    var query = try DynamicsRowQuery(table: table, select: options.select)
    query.filter = options.filter
    try query.sort(by: options.order)
    query.after = cookie?.last
    query.wantsLabels = DynamicsRowWriter.wantsLabels(preferences.annotations)
    let size = Self.pageSize(preferences)
    let top = preferences.maximumPageSize == nil ? options.top : nil
    query.limit = min(size, top ?? size) + 1
    if top == 0 { query.limit = 0 }
    var found = try rows.fetch(query)
    let isCut = found.count > min(size, top ?? size)
    if isCut { found.removeLast() }
    var body = DynamicsPageBody(context: context(table, options.select))
    if options.wantsCount {
      let count = try rows.count(query, limit: 5001)
      body.add("@odata.count", .integer(min(count, 5000)))
      try annotate(&body, preferences, count: count)
    } else {
      try annotate(&body, preferences, count: nil)
    }
    body.add(found, DynamicsRowWriter(query, preferences.annotations))
    if isCut, top == nil, let last = found.last {
      let position = DynamicsRowLayout(query).position(of: last)
      let next = DynamicsCookie(page: (cookie?.page ?? 1) + 1, last: position)
      body.add("@odata.nextLink", link(table, options, "$skiptoken", next.text))
    }
    return .json(body.finished(), headers: preferences.appliedHeader)
  }

  private func annotate(
    _ body: inout DynamicsPageBody, _ preferences: DynamicsPreferences, count: Int?
  ) throws {
    let prefix = "Microsoft.Dynamics.CRM."
    let facts: [(String, DynamicsJSON)] = [
      ("totalrecordcount", .integer(count.map { min($0, 5000) } ?? -1)),
      ("totalrecordcountlimitexceeded", .boolean((count ?? 0) > 5000)),
      (
        "globalmetadataversion",
        .string(String(6_012_567 + (try rows.counter("metadata") ?? 0)))
      ),
    ]
    for (name, value) in facts where preferences.annotations.includes(prefix + name) {
      body.add("@" + prefix + name, value)
    }
  }

  /// Answers `…/$count`: plain text behind a byte-order mark, never more than 5000.
  func countOf(_ call: DynamicsCall, _ table: DynamicsTable) throws -> DynamicsAnswer {
    let options = try DynamicsOptions(call.query)
    var query = try DynamicsRowQuery(table: table, select: [])
    query.filter = options.filter
    var count = 0
    if let text = options.deltaToken {
      let since = try deltaVersion(text)
      let upTo = try rows.currentVersion()
      query.versions = (above: since, upTo: upTo)
      count = try rows.tombstones(table, above: since, upTo: upTo, limit: 5000).count
    }
    count += try rows.count(query, limit: 5000)
    let body: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(String(min(count, 5000)).utf8)
    return DynamicsAnswer(status: 200, headers: [("Content-Type", "text/plain")], body: body)
  }

  /// The context of an answer about a table's rows.
  func context(_ table: DynamicsTable, _ select: [String]?) -> String {
    let columns = select.map { $0.isEmpty ? "" : "(\($0.joined(separator: ",")))" } ?? ""
    return "\(base)/$metadata#\(table.setName)\(columns)"
  }

  /// A link to go on with a read.
  func link(
    _ table: DynamicsTable, _ options: DynamicsOptions, _ token: String, _ value: String
  ) -> DynamicsJSON {
    .string(options.link("\(base)/\(table.setName)", token, value))
  }

  /// Rows a page: 5000 at the most.
  static func pageSize(_ preferences: DynamicsPreferences) -> Int {
    min(preferences.maximumPageSize ?? 5000, 5000)
  }

  /// The version in an etag such as `W/"4418310"`, or nil where the text is none.
  static func version(_ etag: String) -> Int64? {
    var text = etag.trimmingBlanks()
    if text.hasPrefix("W/") { text.removeFirst(2) }
    return Int64(text.trimmingQuotes())
  }
}
