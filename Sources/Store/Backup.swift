import Foundation
import GRDB

/// A copy of the database in one file, as it was at one moment, also while a run goes on.
public struct Backup: Sendable {
  /// The file that the copy goes to.
  public let path: String
  /// Where it is written until it is whole.
  private var partial: String { "\(path).partial" }

  public init(to path: String) { self.path = path }

  /// Makes the copy, looks through it, and only then gives it its name.
  ///
  /// Throws ``StoreError`` of kind `taken` if something stands there, unless `replacing`; what stands
  /// there is then replaced once the copy is whole. After a failure nothing is left of the copy.
  public func make(of reader: Reader, replacing: Bool = false) throws {
    try refuseSource(reader)
    let files = FileManager.default
    if files.fileExists(atPath: path), !replacing {
      throw StoreError(
        .taken, attempt, "something is there already",
        mend: "name another file, or replace it with --force")
    }
    try makeEmpty()
    do {
      try fill(from: reader)
      try lookThrough()
      try keep()
    } catch {
      remove()
      throw error
    }
  }

  private var attempt: String { "write the backup \(path)" }

  private func refuseSource(_ reader: Reader) throws {
    let same = [path, reader.path].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath() }
    guard same[0] == same[1] else { return }
    throw StoreError(.taken, attempt, "it is the database itself", mend: "name another file")
  }

  /// Nobody but the owner may read what the database holds, unless they may read the database.
  private func makeEmpty() throws {
    remove()
    let descriptor = open(partial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    close(descriptor)
  }

  private func fill(from reader: Reader) throws {
    try StoreError.telling(attempt) {
      var configuration = Configuration()
      configuration.prepareDatabase { db in
        // The copy is worth nothing before it is whole, and is made durable as a whole.
        try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      }
      let copy = try DatabaseQueue(path: partial, configuration: configuration)
      try reader.backUp(to: copy)
      try copy.close()
    }
  }

  /// A copy that is not whole is no backup; and one file is easier to carry than three.
  private func lookThrough() throws {
    try StoreError.telling(attempt) {
      let copy = try DatabaseQueue(path: partial)
      let complaint = try copy.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
        return try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
      }
      try copy.close()
      guard complaint != "ok" else { return }
      throw StoreError(
        .damaged, attempt, "the copy is not a whole SQLite database",
        mend: "check the disk that it was written to, and ask the database: PRAGMA integrity_check")
    }
  }

  private func keep() throws {
    try sync(partial)
    guard rename(partial, path) == 0 else { throw failure(errno) }
    try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  private func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
  }

  private func remove() {
    for file in [partial, "\(partial)-journal", "\(partial)-wal", "\(partial)-shm"] {
      unlink(file)
    }
  }

  private func failure(_ code: Int32) -> StoreError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG, EIO:
      StoreError(.full, attempt, "the disk is full", mend: "make room there, or name another disk")
    case EACCES, EROFS, EPERM:
      StoreError(
        .readOnly, attempt, "its folder is read-only",
        mend: "give the user who runs dynsync the right to write there, or name another folder")
    case EISDIR, ENOTEMPTY, EEXIST:
      StoreError(.taken, attempt, "a folder stands there", mend: "name a file in it")
    default:
      StoreError(
        .cannotOpen, attempt, "its folder does not exist", mend: "make the folder, or name another")
    }
  }
}
