import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// Copies of the database, made well and made badly.
@Suite struct BackupTests {
  private func inFolder(_ body: (_ path: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "dynsync-backup-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private static let titles = "SELECT leadid, jobtitle FROM dynamics_lead ORDER BY leadid"

  @Test func `a backup is one whole file, as the database was between two transactions`() throws {
    try inFolder { folder in
      let sample = try SampleStore(path: "\(folder)/dynsync.db")
      try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
      let reader = try Reader(path: "\(folder)/dynsync.db")
      try sample.store.database.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN IMMEDIATE; UPDATE dynamics_lead SET jobtitle = 'half done'")
        try Backup(to: "\(folder)/backup.db").make(of: reader)
        try db.execute(sql: "COMMIT")
      }
      try FileManager.default.createDirectory(
        atPath: "\(folder)/restored", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "\(folder)/backup.db", toPath: "\(folder)/restored/dynsync.db")
      let restored = try Store(path: "\(folder)/restored/dynsync.db")

      #expect(try restored.rows(Self.titles) == [["l1", "CTO"]])
      #expect(try restored.migrate() == [])
      #expect(try restored.rows("PRAGMA integrity_check") == [["ok"]])
      #expect(
        try names(in: folder) == [
          "backup.db", "dynsync.db", "dynsync.db-shm", "dynsync.db-wal", "restored",
        ])
    }
  }

  @Test func `what stands there is replaced on demand alone`() throws {
    try inFolder { folder in
      let sample = try SampleStore(path: "\(folder)/dynsync.db")
      let reader = try Reader(path: "\(folder)/dynsync.db")
      let backup = Backup(to: "\(folder)/b.db")
      try Data("precious".utf8).write(to: URL(fileURLWithPath: backup.path))

      let error = #expect(throws: StoreError.self) { try backup.make(of: reader) }
      let kept = try String(contentsOfFile: backup.path, encoding: .utf8)
      try sample.pull([sample.lead("l1")], into: SampleLayout.lead)
      try backup.make(of: reader, replacing: true)

      #expect(
        error?.description
          == "database: could not write the backup \(backup.path): something is there already;"
          + " name another file, or replace it with --force")
      #expect(kept == "precious")
      #expect(try Store(path: backup.path).rows(Self.titles) == [["l1", "-"]])
    }
  }

  @Test func `the database itself is no place for its backup`() throws {
    try inFolder { folder in
      let path = "\(folder)/dynsync.db"
      _ = try SampleStore(path: path)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/other.db", withDestinationPath: path)
      let reader = try Reader(path: path)

      for place in [
        path, "\(folder)/other.db",
        "\(folder)/../\(folder.split(separator: "/").last ?? "")/dynsync.db",
      ] {
        let error = #expect(throws: StoreError.self) {
          try Backup(to: place).make(of: reader, replacing: true)
        }
        #expect(error?.reason == "it is the database itself")
      }
      #expect(try Store(path: path).rows("PRAGMA integrity_check") == [["ok"]])
    }
  }

  @Test func `a place that cannot be is told, and nothing is left there`() throws {
    try inFolder { folder in
      _ = try SampleStore(path: "\(folder)/dynsync.db")
      let reader = try Reader(path: "\(folder)/dynsync.db")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/place", withIntermediateDirectories: true)

      let places = ["\(folder)/none/b.db", "/sys/b.db", "\(folder)/place"]
      let errors = places.map { place in
        #expect(throws: StoreError.self) { try Backup(to: place).make(of: reader, replacing: true) }
      }

      #expect(errors.map { $0?.kind } == [.cannotOpen, .readOnly, .taken])
      #expect(
        errors.map { $0?.reason } == [
          "its folder does not exist", "its folder is read-only", "a folder stands there",
        ])
      #expect(
        try names(in: folder).filter { !$0.hasPrefix("dynsync.db") } == ["place"])
    }
  }

  @Test func `what a killed backup left is no hindrance`() throws {
    try inFolder { folder in
      _ = try SampleStore(path: "\(folder)/dynsync.db")
      try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder)/b.db.partial"))

      try Backup(to: "\(folder)/b.db").make(of: try Reader(path: "\(folder)/dynsync.db"))

      #expect(try names(in: folder).filter { $0.hasPrefix("b.") } == ["b.db"])
    }
  }
}
