import Model
import Transport

/// One page's rows, each record once, and the deletions that stood between them.
struct Rows: Sendable {
  var records: [Record] = []
  var deletions: [RecordID] = []
  /// The columns with values that are not as the metadata promises, sorted by name.
  var unreadable: [UnreadableColumn] = []

  /// A row that is told twice counts as it was told last.
  ///
  /// A value that cannot be read is unknown, and stops neither its row nor the others. Throws for a
  /// row without an id.
  init(_ items: [JSON], _ reader: RowReader, attempt: String) throws {
    var places: [RecordID: Int] = [:]
    var unread: [FieldName: UnreadableColumn] = [:]
    for item in items {
      if let id = Self.deletion(item) {
        deletions.append(id)
        continue
      }
      let row = try Self.row(item, reader, attempt)
      for name in row.unreadable {
        unread[name, default: UnreadableColumn(name: name, first: row.record.id)].count += 1
      }
      if let place = places[row.record.id] {
        records[place] = row.record
      } else {
        places[row.record.id] = records.count
        records.append(row.record)
      }
    }
    unreadable = unread.values.sorted { $0.name < $1.name }
  }

  private static func row(_ item: JSON, _ reader: RowReader, _ attempt: String) throws -> ReadRow {
    do {
      return try reader.read(item)
    } catch {
      throw ServiceError(
        .unexpectedAnswer, side: .dynamics, attempt: attempt,
        reason: "a row has no '\(reader.table.primaryID)'")
    }
  }

  private static func deletion(_ item: JSON) -> RecordID? {
    guard item["@odata.context"]?.string?.hasSuffix("/$deletedEntity") == true,
      let id = item["id"]?.string
    else { return nil }
    return .dynamics(id.lowercased())
  }

  /// The rows with no record told both ways.
  ///
  /// A page lists changes first and deletions last, whatever the order in which they happened: a
  /// record that was deleted and made anew under its id is told both ways, and only `find` knows.
  func settled(by find: ([RecordID]) async throws -> [Record]) async throws -> Rows {
    let gone = Set(deletions)
    let doubtful = records.map(\.id).filter(gone.contains)
    guard !doubtful.isEmpty else { return self }
    let found = Dictionary(
      try await find(doubtful).map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    var rows = self
    rows.records = records.compactMap { gone.contains($0.id) ? found[$0.id] : $0 }
    rows.deletions = deletions.filter { found[$0] == nil }
    return rows
  }
}

/// A column of a page with values that cannot be read, and so stay unknown.
struct UnreadableColumn: Hashable, Sendable {
  var name: FieldName
  /// The first row of the page with such a value.
  var first: RecordID
  /// How many such rows the page has.
  var count = 0
}
