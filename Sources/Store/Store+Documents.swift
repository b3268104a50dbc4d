import GRDB
import Model

/// What cannot be read or kept is asked of the service again: no failure here is worth a run.
extension Store: DocumentCache {
  /// For how many seconds a metadata document is good: a day.
  ///
  /// Nothing is read, planned or written on the word of a kept document unasked: this alone bounds
  /// how long a service with nothing to do goes unasked about its own fields.
  static let documentLife: Int64 = 24 * 3600

  public func document(_ name: String, of side: Side, at now: Instant) -> String? {
    try? read("read a metadata document") { db in
      try String.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT text FROM metadata_document
            WHERE side = ? AND name = ? AND read_at > ? AND read_at <= ?
            """),
        arguments: [side.rawValue, name, (now - Self.documentLife).text, now.text])
    }
  }

  public func keep(_ text: String, as name: String, of side: Side, at now: Instant) {
    forgiving {
      try write("keep a metadata document") { db in
        try db.cachedStatement(
          sql: "DELETE FROM metadata_document WHERE side = ? AND read_at <= ?"
        ).execute(arguments: [side.rawValue, (now - Self.documentLife).text])
        try db.cachedStatement(
          sql: """
            INSERT INTO metadata_document (side, name, text, read_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (side, name) DO UPDATE SET text = excluded.text, read_at = excluded.read_at
            """
        ).execute(arguments: [side.rawValue, name, text, now.text])
      }
    }
  }

  public func dropDocuments(of side: Side) {
    forgiving { try write("drop metadata documents") { try Self.dropDocuments(of: side, $0) } }
  }

  /// Drops the documents of a side within a transaction.
  static func dropDocuments(of side: Side, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM metadata_document WHERE side = ?")
      .execute(arguments: [side.rawValue])
  }

  private func forgiving(_ body: () throws -> Void) {
    do { try body() } catch {}
  }
}
