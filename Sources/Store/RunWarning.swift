import GRDB
import Model

/// Something that a person should look at, though the run went on.
public struct RunWarning: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// This machine's clock is not where it was.
    case clock
    /// A service does not go on where the last read ended.
    case watermark
    /// A column is empty on both sides that was filled.
    case emptied
    /// Somebody else writes under our name.
    case otherWriter = "other_writer"
    /// A field is written at every run and put back each time.
    case paused
    /// What became of changes was not told to persons in Marketo.
    case activities
  }

  public var kind: Kind
  /// What it is and what to do, for people; it names no value.
  public var message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension Store {
  /// Keeps a warning with its run; the same one again changes nothing.
  public func warn(_ warning: RunWarning, run: Int64) throws {
    try write("store a warning") { db in
      try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO run_warning (run_id, kind, message) VALUES (?, ?, ?)"
      ).execute(arguments: [run, warning.kind.rawValue, warning.message])
    }
  }

  /// The warnings of a run, by kind and words.
  public func warnings(of run: Int64) throws -> [RunWarning] {
    try read("read the run's warnings") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT kind, message FROM run_warning WHERE run_id = ? ORDER BY kind, message"),
        arguments: [run]
      ).compactMap { row in
        RunWarning.Kind(rawValue: row["kind"]).map { RunWarning($0, row["message"]) }
      }
    }
  }
}
