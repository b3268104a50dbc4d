import GRDB

@testable import Store

/// The schema as its own comments describe it, read from `sqlite_master`.
struct SchemaDocument {
  /// A table or view with its comment and those of its columns.
  struct Table: Equatable {
    var name: String
    var isView: Bool
    var comment: String
    var columns: [Column]
  }

  /// A column, with the words after its declaration.
  struct Column: Equatable {
    var name: String
    var type: String
    /// `nil` where the schema says nothing of it.
    var comment: String?
  }

  var tables: [Table]

  init(_ store: Store) throws {
    tables = try store.database.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT name, type, sql FROM sqlite_master
          WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid
          """)
      return try rows.map { row in
        try Self.table(row["name"], isView: row["type"] == "view", sql: row["sql"], db)
      }
    }
  }

  func table(_ name: String) -> Table? { tables.first { $0.name == name } }

  private static func table(
    _ name: String, isView: Bool, sql: String, _ db: Database
  ) throws -> Table {
    let lines = sql.split(separator: "\n").map { $0.drop { $0 == " " } }
    let heads = lines.dropFirst().prefix { $0.hasPrefix("--") }
    let comments = lines.dropFirst(1 + heads.count).compactMap(Self.columnComment)
    let columns = try Row.fetchAll(
      db, sql: "SELECT name, type FROM pragma_table_info(?)", arguments: [name])
    return Table(
      name: name, isView: isView,
      comment: heads.map { $0.dropFirst(3) }.joined(separator: " "),
      columns: columns.map { row in
        let column: String = row["name"]
        return Column(
          name: column, type: row["type"],
          comment: comments.first { $0.names.contains(column) }?.text)
      })
  }

  /// The words that a line could call its column by, and its comment.
  private static func columnComment(_ line: Substring) -> (names: [String], text: String)? {
    guard let mark = line.range(of: " -- ") else { return nil }
    var declaration = line[..<mark.lowerBound]
    if declaration.hasSuffix(",") { declaration.removeLast() }
    let words = declaration.split(separator: " ").map(String.init)
    guard let first = words.first, let last = words.last else { return nil }
    let bare = first.split(separator: ".").last.map(String.init) ?? first
    let names = words.contains("AS") ? [last] : [bare.filter { $0 != "\"" }]
    return (names, String(line[mark.upperBound...]))
  }
}
