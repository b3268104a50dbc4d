import GRDB
import Model

extension Store {
  /// How far a feed has been read; `nil` before its first page.
  public func watermark(of feed: String) throws -> Watermark? {
    try read("read the watermark of \(feed)") { db in
      try Row.fetchOne(
        db.cachedStatement(sql: "SELECT * FROM watermark WHERE feed = ?"), arguments: [feed]
      )
      .map { Watermark($0["text"], isComplete: $0["is_complete"]) }
    }
  }

  /// Forgets how far a feed was read, so that the next read is a full one.
  public func forgetWatermark(of feed: String) throws {
    try write("forget the watermark of \(feed)") { db in
      try db.cachedStatement(sql: "DELETE FROM watermark WHERE feed = ?").execute(arguments: [feed])
    }
  }

  /// Stores a watermark that follows no page.
  public func setWatermark(
    _ watermark: Watermark, of feed: String, run: Int64, at now: Instant
  ) throws {
    try write("store the watermark of \(feed)") { db in
      try Self.store(watermark, of: feed, fullReadRun: nil, run: run, at: now, db)
    }
  }

  /// Stores a watermark inside the transaction of its page.
  static func store(
    _ watermark: Watermark, of feed: String, fullReadRun: Int64?, run: Int64, at now: Instant,
    _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO watermark (feed, text, is_complete, full_read_run, run_id, at)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (feed) DO UPDATE SET text = excluded.text,
          is_complete = excluded.is_complete, full_read_run = excluded.full_read_run,
          run_id = excluded.run_id, at = excluded.at
        """
    ).execute(arguments: [feed, watermark.text, watermark.isComplete, fullReadRun, run, now.text])
    guard watermark.isComplete else { return }
    try db.cachedStatement(
      sql: "INSERT INTO watermark_history (feed, text, run_id, at) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [feed, watermark.text, run, now.text])
  }
}
