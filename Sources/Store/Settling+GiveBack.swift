import GRDB
import Model

extension Settling {
  /// Has the record whose person a create hit, as its key had been copied, put its own values back.
  ///
  /// What the create wrote is no edit in Marketo: of the fields that still hold it, it becomes the base
  /// of both sides, so that the other record's values are the ones that differ.
  func giveBack(
    to other: Link, _ applied: Applied, _ fields: [Row], _ stored: [String?], _ db: Database
  ) throws {
    let standing = Set(try db.columns(in: "base_\(other.entity)").map(\.name))
    let ours = zip(fields, stored).filter { field, stored in
      let seen = applied.seen?.fields[FieldName(field["field"])]
      return seen.map { $0.canonicalText == stored } ?? false
        && standing.contains(BaseTable.column(field["pair"], .dynamics))
    }
    try BaseTable.move(
      ours.map { field, stored in
        let source: String? = field["source_value"]
        return (pair: field["pair"], dynamics: source ?? "", marketo: stored ?? "")
      }, entity: other.entity, link: other.id, db)
    try Store.touch(applied.target, in: Mirror(entity.marketo), db)
    try Store.log(
      LogEntry(
        other.entity, .recovered, dynamicsID: other.dynamicsID, marketoID: applied.target,
        side: .marketo,
        rule: "its person carried the key of \(entity.entity) \(dynamicsID), whose create wrote it",
        message: "its own values are put back"), stamp, db)
  }
}
