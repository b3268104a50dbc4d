import Model
import Transport

/// One page's rows, each record once, and the deletions that stood between them.
struct Rows: Sendable {
  var records: [Record] = []
  var deletions: [RecordID] = []

  /// A row that is told twice counts as it was told last.
  init(_ items: [JSON], _ reader: RowReader, attempt: String) throws {
    var places: [RecordID: Int] = [:]
    for item in items {
      if let id = Self.deletion(item) {
        deletions.append(id)
        continue
      }
      do {
        let record = try reader.record(item)
        if let place = places[record.id] {
          records[place] = record
        } else {
          places[record.id] = records.count
          records.append(record)
        }
      } catch {
        throw ServiceError(
          .unexpectedAnswer, side: .dynamics, attempt: attempt,
          reason: "the column '\(error.member)' holds no value of its type")
      }
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
