import GRDB

/// Why the database could not do what was asked; the file is as it was before.
///
/// The description never holds a value: SQLite's own text names tables and columns only.
public struct StoreError: Error, Hashable, Sendable {
  public enum Kind: Sendable, Hashable {
    /// The file was written by a newer dynsync.
    case newerVersion
    /// The file or its folder cannot be written.
    case readOnly
    /// The disk is full.
    case full
    /// Another run holds the lock.
    case locked
    /// Another process holds the file.
    case busy
    /// The file is missing or cannot be opened.
    case cannotOpen
    /// Something stands already where a file is to be made.
    case taken
    /// The file is no database, or is not whole.
    case damaged
    /// A constraint of the schema refused it: a bug of dynsync.
    case refused
    /// The SQL that a person gave is wrong.
    case badQuery
  }

  public var kind: Kind
  /// What was being done: `store a page of leads`.
  public var attempt: String
  public var reason: String
  public var mend: String?

  public init(_ kind: Kind, _ attempt: String, _ reason: String, mend: String? = nil) {
    self.kind = kind
    self.attempt = attempt
    self.reason = reason
    self.mend = mend
  }

  /// Runs `body`, and turns SQLite's errors into ours.
  static func telling<Result>(_ attempt: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, attempt)
    }
  }

  init(_ error: DatabaseError, _ attempt: String) {
    self.attempt = attempt
    switch error.resultCode {
    case .SQLITE_READONLY, .SQLITE_PERM:
      kind = .readOnly
      reason = "the file or its folder is read-only"
      mend = "give the user who runs dynsync the right to write there"
    case .SQLITE_FULL:
      kind = .full
      reason = "the disk is full"
      mend = "make room and run it again; nothing is lost"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      kind = .busy
      reason = "another program holds the database"
      mend = "close what has it open and run it again"
    case .SQLITE_CANTOPEN:
      kind = .cannotOpen
      reason = "the file cannot be opened"
      mend = "check that its folder exists and can be written"
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      kind = .damaged
      reason = "the file is not a whole SQLite database"
      mend = "restore it from a backup, or move it away: the next run matches everything anew"
    case .SQLITE_IOERR:
      kind = .full
      reason = "the disk reported an error"
      mend = "check the disk and run it again; nothing is lost"
    default:
      kind = .refused
      reason = error.message ?? "SQLite refused it"
      mend = nil
    }
  }
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    let sentence = "database: could not \(attempt): \(reason)"
    return mend.map { "\(sentence); \($0)" } ?? sentence
  }
}
