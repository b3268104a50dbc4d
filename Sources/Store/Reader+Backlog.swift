import GRDB

extension Reader {
  /// How many things are left to do, by entity; entities with nothing left are missing.
  public func backlogByEntity() throws -> [String: Int] {
    try read("count what is left to do") { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT entity, count(*) AS left_to_do FROM backlog GROUP BY entity"))
      return Dictionary(
        rows.map { ($0["entity"] ?? "", $0["left_to_do"]) }, uniquingKeysWith: +)
    }
  }
}
