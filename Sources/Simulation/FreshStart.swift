import Model
import Store

/// Whether a new database over the two services as they stand should find nothing to write.
struct FreshStart {
  let store: Store

  /// Only where the database knows of nothing that a new one would have to decide anew: no difference,
  /// no error, no record whose link was ended while it stands, nothing that waits.
  func isDue() throws -> Bool {
    for question in [
      "SELECT count(*) FROM differs", "SELECT count(*) FROM sync_error",
      "SELECT count(*) FROM backlog",
      "SELECT count(*) FROM link WHERE state NOT IN ('active', 'converted', 'merged')",
    ] where try store.query(question).texts != [["0"]] {
      return false
    }
    return true
  }
}
