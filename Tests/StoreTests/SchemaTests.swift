import Foundation
import GRDB
import Model
import Testing

@testable import Migrations
@testable import Store

@Suite struct SchemaTests {
  @Test func `the static schema is the one in Golden`() throws {
    let store = try Store.inMemory()
    try store.migrate()

    try GoldenFile(path: "Tests/StoreTests/Golden/schema.sql").expect(store.dump())
  }

  @Test func `every table, view and column of the static schema has a comment`() throws {
    let store = try Store.inMemory()
    try store.migrate()

    let document = try SchemaDocument(store)
    let bare = document.tables.flatMap { table in
      (table.comment.isEmpty ? [table.name] : [])
        + table.columns.filter { $0.comment == nil }.map { "\(table.name).\($0.name)" }
    }

    #expect(document.tables.count == 29)
    #expect(bare == [])
  }

  @Test
  func `every view, mirror and base that a run makes has a comment, and a mirror's columns too`()
    throws
  {
    let document = try SchemaDocument(try SampleStore().store)
    let bare = document.tables.filter(\.comment.isEmpty).map(\.name)
    let columns = document.tables.filter { !$0.isView && !$0.name.hasPrefix("base_") }
      .flatMap { table in
        table.columns.filter { $0.comment == nil }.map { "\(table.name).\($0.name)" }
      }

    #expect(bare == [])
    #expect(columns == [])
  }

  @Test func `a field's label stays in its comment, whatever it holds`() throws {
    let document = try SchemaDocument(try SampleStore().store)

    let column = document.table("dynamics_lead")?.columns.first { $0.name == "jobtitle" }

    #expect(column == .init(name: "jobtitle", type: "TEXT", comment: "Job Title"))
  }

  @Test func `the steps in the binary are the files of the folder, in order`() throws {
    let folder = GoldenFile.root.appending(path: "Migrations")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sql") }.sorted()

    #expect(MigrationStep.all.map { "\($0.name).sql" } == files)
    for step in MigrationStep.all {
      let file = folder.appending(path: "\(step.name).sql")
      #expect(step.sql == (try String(contentsOf: file, encoding: .utf8)))
    }
  }

  @Test(arguments: 0...MigrationStep.all.count)
  func `a database stopped at any step upgrades with its rows`(_ count: Int) throws {
    let store = try Store.inMemory()
    let whole = try Store.inMemory()
    try whole.migrate()
    try store.migrate(steps: Array(MigrationStep.all.prefix(count)))
    let standing = ValidRow.all.dropFirst().filter { row in
      (try? store.database.read { try $0.tableExists(row.table) }) == true
    }
    for row in standing {
      let known = try store.database.read { try $0.columns(in: row.table).map(\.name) }
      try store.execute(row.only(known).insert())
    }
    let columns = try standing.map { row in
      try store.database.read { db in
        try db.columns(in: row.table).map { "\"\($0.name)\"" }.joined(separator: ", ")
      }
    }
    func rows() throws -> [[[String]]] {
      try zip(standing, columns).map { try store.rows("SELECT \($1) FROM \($0.table)") }
    }
    let before = try rows()

    let applied = try store.migrate()

    #expect(applied == MigrationStep.all.dropFirst(count).map(\.name))
    #expect(try rows() == before)
    #expect(try store.dump() == whole.dump())
    #expect(try store.migrate() == [])
  }

  @Test func `the views of the last run answer before the first run after an upgrade`() throws {
    let store = try Store.inMemory()
    try store.migrate(steps: Array(MigrationStep.all.prefix(4)))
    try store.execute("CREATE VIEW backlog AS SELECT dynamics_id FROM dependency")

    try store.migrate()

    #expect(try store.rows("SELECT * FROM backlog") == [])
  }

  @Test func `a step that breaks leaves nothing of itself`() throws {
    let store = try Store.inMemory()
    let broken = MigrationStep("9000_broken", Array("CREATE TABLE half (a); SELECT nonsense".utf8))

    #expect(throws: StoreError.self) { try store.migrate(steps: MigrationStep.all + [broken]) }

    #expect(try store.database.read { try $0.tableExists("half") } == false)
    #expect(
      try store.rows("SELECT name FROM migration ORDER BY name")
        == MigrationStep.all.map { [$0.name] })
  }

  @Test func `a newer file is refused, with the mend`() throws {
    let store = try Store.inMemory()
    try store.migrate()
    try store.execute("INSERT INTO migration (name) VALUES ('9999_future')")
    let message =
      "database: could not use the database: it was written by a newer dynsync"
      + " (step 9999_future); install that version or newer"

    for attempt in [{ _ = try store.migrate() }, { try store.requireCurrentSchema() }] {
      let error = #expect(throws: StoreError.self) { try attempt() }
      #expect(error?.kind == .newerVersion)
      #expect(error?.description == message)
    }
  }

  @Test func `an older file is refused until it is migrated`() throws {
    let store = try Store.inMemory()
    let error = #expect(throws: StoreError.self) { try store.requireCurrentSchema() }
    #expect(
      error?.description
        == "database: could not use the database: its schema is older than this program's;"
        + " run: dynsync migrate")

    try store.migrate()
    #expect(throws: Never.self) { try store.requireCurrentSchema() }
  }
}

extension Store {
  /// The whole schema as SQL, in the order in which it was made.
  func dump() throws -> String {
    try rows(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        + " ORDER BY rowid"
    ).map { "\($0[0]);\n" }.joined(separator: "\n")
  }
}
