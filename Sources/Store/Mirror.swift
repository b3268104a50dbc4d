import GRDB
import Model

/// The mirror table of one object: its columns and the statements over them.
///
/// The same code generates the table and reads it, from the side's own schema.
struct Mirror {
  var schema: ObjectSchema
  /// The selected fields in the order of their columns.
  var fields: [Field]

  init(_ schema: ObjectSchema) {
    self.schema = schema
    fields = schema.fields.values
      .filter { $0.name != schema.keyField && $0.isReadable }
      .sorted { $0.name < $1.name }
  }

  var object: ObjectType { schema.object }
  var table: String { Self.table(of: object) }
  var key: String { schema.keyField.rawValue }

  static func table(of object: ObjectType) -> String { "\(object.side)_\(object.name)" }

  /// The columns of ours, after the side's own: facts, then change tracking.
  static let factColumns: [(name: String, type: String, comment: String)] = [
    ("_email", "TEXT", "e-mail address for matching: trimmed, lower case"),
    ("_state", "TEXT NOT NULL DEFAULT 'active'", "active, inactive, qualified, won or lost"),
    ("_owner", "TEXT", "its owner: user/<id>, team/<id> or sales_person/<id>"),
    ("_account", "TEXT", "the account or company that it belongs to"),
    ("_merged_into", "TEXT", "the record that it was merged into"),
    ("_originating_lead", "TEXT", "contact: the lead that it was made from"),
    ("_converted_to", "TEXT", "qualified lead: the contact that it became"),
    ("_is_included", "INTEGER NOT NULL DEFAULT 1", "0: the filter column says No"),
    ("_key", "TEXT", "Marketo: the Dynamics id that it carries"),
    ("_type", "TEXT", "Marketo person: the entity that it says to be"),
    ("_sync_as", "TEXT", "Marketo person: the wish to become a Dynamics record"),
    ("_parent", "TEXT", "what it hangs on: account/<id>, contact/<id> or lead/<id>"),
    ("_opportunity", "TEXT", "connection or role: its opportunity"),
    ("_role", "TEXT", "connection: id of its connection role; role: its text"),
    ("_amount", "TEXT", "opportunity: the estimated value, once closed the actual one"),
    ("_stage", "TEXT", "opportunity: its step, or how it was closed"),
    ("_changed_at", "TEXT", "UTC; when the side says that it was last changed: a label"),
    ("_changed_by", "TEXT", "who the side says changed it last: a label"),
  ]

  static let trackingColumns: [(name: String, type: String, comment: String)] = [
    ("_version", "TEXT", "the side's row version"),
    ("_hash", "TEXT NOT NULL", "of the selected fields and facts: a changed hash is a change"),
    ("_first_seen", "INTEGER NOT NULL", "run that first saw it"),
    ("_last_seen", "INTEGER NOT NULL", "run that last saw it"),
    ("_last_changed", "INTEGER NOT NULL", "run that last saw it change"),
    ("_change", "INTEGER NOT NULL", "change number: rises with each change of any row"),
    ("_is_dirty", "INTEGER NOT NULL", "1: changed since it was last planned and settled"),
    ("_is_stale", "INTEGER NOT NULL DEFAULT 0", "1: a feed reported a change; to be read again"),
    ("_is_deleted", "INTEGER NOT NULL DEFAULT 0", "1: gone on its side"),
  ]

  static var ownColumns: [(name: String, type: String, comment: String)] {
    factColumns + trackingColumns
  }
}
