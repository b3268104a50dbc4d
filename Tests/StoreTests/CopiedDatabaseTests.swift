import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// A database whose files were copied by hand while a run was writing.
@Suite struct CopiedDatabaseTests {
  /// Copies the files with these endings in the middle of a transaction, and tells the copy's path.
  private func copied(
    _ endings: [String], checkpointed: Bool, truncatedTo share: Double = 1,
    _ body: (_ copy: String, _ original: Store) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "dynsync-copy-\(UUID().uuidString)").path
    let files = FileManager.default
    try files.createDirectory(atPath: "\(folder)/copy", withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    let sample = try SampleStore(path: "\(folder)/dynsync.db")
    for number in 0..<300 {
      try sample.pull(
        [sample.lead("l\(number)", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    }
    try sample.store.database.writeWithoutTransaction { db in
      if checkpointed { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try db.execute(sql: "BEGIN IMMEDIATE; UPDATE dynamics_lead SET jobtitle = 'half done'")
      for ending in endings {
        let target = "\(folder)/copy/dynsync.db\(ending)"
        try files.copyItem(atPath: "\(folder)/dynsync.db\(ending)", toPath: target)
        guard share < 1, let handle = FileHandle(forWritingAtPath: target) else { continue }
        try handle.truncate(atOffset: UInt64(Double(try handle.seekToEnd()) * share))
        try handle.close()
      }
      try db.execute(sql: "COMMIT")
    }
    try body("\(folder)/copy/dynsync.db", sample.store)
    #expect(try sample.store.rows("PRAGMA integrity_check") == [["ok"]])
    #expect(
      try sample.store.rows("SELECT DISTINCT jobtitle, count(*) FROM dynamics_lead")
        == [["half done", "300"]])
  }

  @Test(arguments: [["", "-wal", "-shm"], ["", "-wal"]], [true, false])
  func `a copy of all files is the database before the transaction`(
    endings: [String], checkpointed: Bool
  ) throws {
    try copied(endings, checkpointed: checkpointed) { copy, _ in
      let store = try Store(path: copy)

      #expect(try store.migrate() == [])
      #expect(try store.rows("PRAGMA integrity_check") == [["ok"]])
      #expect(
        try store.rows("SELECT DISTINCT jobtitle, count(*) FROM dynamics_lead") == [["CTO", "300"]])
      _ = try store.openRun(at: SampleStore.now, version: "t", isDry: false)
    }
  }

  @Test func `a copy of the database alone is as old as its last checkpoint`() throws {
    try copied([""], checkpointed: true) { copy, _ in
      let store = try Store(path: copy)

      #expect(try store.migrate() == [])
      #expect(try store.rows("PRAGMA integrity_check") == [["ok"]])
      #expect(try store.rows("SELECT count(*) FROM dynamics_lead") == [["300"]])
    }
  }

  /// The copy was made while the file grew: its end is missing.
  @Test(arguments: [0.3, 0.6, 0.9])
  func `a copy whose end is missing is refused, and says what to do`(share: Double) throws {
    try copied([""], checkpointed: true, truncatedTo: share) { copy, _ in
      let error = #expect(throws: StoreError.self) {
        let store = try Store(path: copy)
        try store.migrate()
        _ = try store.openRun(at: SampleStore.now, version: "t", isDry: false)
      }

      #expect(error?.kind == .damaged)
      #expect(
        error?.mend
          == "restore it from a backup, or move it away: the next run matches everything anew")
    }
  }
}
