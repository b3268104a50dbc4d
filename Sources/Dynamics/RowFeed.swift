import Model
import Transport

/// Reads one table's pages: all rows, or what changed since a watermark.
struct RowFeed: Sendable {
  let client: DynamicsClient
  let reader: RowReader

  private var table: Table { reader.table }
  private var attempt: String { "could not read \(table.entitySet)" }
  private var binding: String { FeedPosition.binding(table.entitySet, reader.properties) }

  /// The most that Dataverse gives in one page.
  private static let pageSize = 5000

  /// How far below the highest row version read a next read begins, where the table is not tracked.
  ///
  /// A row's version is taken when it is written and seen when it is committed: one that committed
  /// late may lie below versions that were read before it.
  private static let overlap: Int64 = 10_000

  func page(after watermark: Watermark?) async throws -> ChangePage {
    guard let watermark else { return try await firstPage() }
    guard let position = FeedPosition(text: watermark.text), position.binding == binding else {
      throw expired("the selected fields have changed")
    }
    switch position.place {
    case .link(let path) where table.tracksChanges:
      return try await trackedPage(path, isLink: true, phase: position.phase)
    case .version(let version) where !table.tracksChanges:
      let floor = watermark.isComplete ? version : version - Self.overlap
      return try await versionPage(above: version, phase: position.phase, floor: floor)
    case .link, .version: throw expired("the table's change tracking was switched on or off")
    }
  }

  private func firstPage() async throws -> ChangePage {
    guard table.tracksChanges else {
      return try await versionPage(above: 0, phase: .all, floor: 0)
    }
    return try await trackedPage(
      "\(client.root)/\(table.entitySet)?\(select)", isLink: false, phase: .all)
  }

  private var select: String { "$select=" + reader.properties.joined(separator: ",") }

  /// A page of Dataverse's change tracking; options other than `$select` are refused there.
  private func trackedPage(
    _ path: String, isLink: Bool, phase: FeedPosition.Phase
  ) async throws -> ChangePage {
    let page = try await document(path, isLink: isLink, prefer: ["odata.track-changes"])
    let rows = try await rows(of: page["value"]?.array ?? []).settled(by: find)
    let position: FeedPosition
    let next = try link("@odata.nextLink", in: page)
    if let next {
      guard next != path else { throw unexpected("a page leads to itself") }
      position = FeedPosition(phase, binding: binding, .link(next))
    } else if let delta = try link("@odata.deltaLink", in: page) {
      if isLink, DeltaToken(inLink: path).isLater(than: DeltaToken(inLink: delta)) {
        throw expired("the service has gone back to before the last read: was it restored?")
      }
      position = FeedPosition(.changes, binding: binding, .link(delta))
    } else {
      throw unexpected("the last page has no delta link")
    }
    return ChangePage(
      records: rows.records, deletions: rows.deletions, isFullRead: phase == .all,
      watermark: Watermark(position.text, isComplete: next == nil))
  }

  /// A page in the order of row versions, which tells no deletions.
  ///
  /// The next read begins at `floor` or above it.
  private func versionPage(
    above version: Int64, phase: FeedPosition.Phase, floor: Int64
  ) async throws -> ChangePage {
    let filter = PercentEncoding.encode("versionnumber gt \(version)")
    let path =
      "\(client.root)/\(table.entitySet)?\(select),versionnumber&$filter=\(filter)"
      + "&$orderby=versionnumber%20asc"
    let page = try await document(path, isLink: false, prefer: [])
    let items = page["value"]?.array ?? []
    let rows = try rows(of: items)
    let highest = items.compactMap { $0["versionnumber"]?.integer }.max() ?? version
    let isLast = page["@odata.nextLink"] == nil
    guard isLast || highest > version else { throw unexpected("a page leads to itself") }
    let position = FeedPosition(
      isLast ? .changes : phase, binding: binding,
      .version(isLast ? max(0, floor, highest - Self.overlap) : highest))
    return ChangePage(
      records: rows.records, isFullRead: phase == .all,
      watermark: Watermark(position.text, isComplete: isLast))
  }

  /// The rows that a filter, not yet escaped, lets through.
  func rows(matching filter: String) async throws -> [Record] {
    var path: String? =
      "\(client.root)/\(table.entitySet)?\(select)&$filter=\(PercentEncoding.encode(filter))"
    var records: [Record] = []
    var isLink = false
    while let current = path {
      let page = try await document(current, isLink: isLink, prefer: [], mayQuote: true)
      records += try rows(of: page["value"]?.array ?? []).records
      path = try link("@odata.nextLink", in: page)
      guard path != current else { throw unexpected("a page leads to itself") }
      isLink = true
    }
    return records
  }

  /// Tells the log, once a page and column, what could not be read.
  private func rows(of items: [JSON]) throws -> Rows {
    let rows = try Rows(items, reader, attempt: attempt)
    for column in rows.unreadable {
      client.log?.warning(
        "a value cannot be read and stays unknown",
        metadata: [
          "table": "\(table.logicalName)", "column": "\(column.name)",
          "row": "\(column.first.text)", "rows": "\(column.count)",
        ])
    }
    return rows
  }

  private func document(
    _ path: String, isLink: Bool, prefer: [String], mayQuote: Bool = false
  ) async throws -> JSON {
    let preferences = prefer + ["odata.maxpagesize=\(Self.pageSize)", Annotations.preference]
    return try await client.document(
      DynamicsCall(
        path: path, headers: [.init("Prefer", preferences.joined(separator: ", "))],
        attempt: attempt, isLink: isLink, mayQuote: mayQuote))
  }

  private func link(_ name: String, in page: JSON) throws -> String? {
    try page[name]?.string.map { try client.path(of: $0, attempt: attempt) }
  }

  private func expired(_ reason: String) -> ServiceError {
    ServiceError(.watermarkExpired, side: .dynamics, attempt: attempt, reason: reason)
  }

  private func unexpected(_ reason: String) -> ServiceError {
    ServiceError(.unexpectedAnswer, side: .dynamics, attempt: attempt, reason: reason)
  }
}
