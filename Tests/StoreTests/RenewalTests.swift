import GRDB
import Model
import Testing

@testable import Store

@Suite struct RenewalTests {
  /// Every row of every table but `migration`, which holds a time.
  private func contents(of store: Store) throws -> [String: [[String]]] {
    let tables = try store.rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migration'")
    return Dictionary(
      uniqueKeysWithValues: try tables.map { table in
        (table[0], try store.rows("SELECT * FROM \(table[0])"))
      })
  }

  @Test func `a database that was emptied is as good as a new one`() throws {
    let used = try SampleStore()
    try used.link(
      used.lead("l1", ["jobtitle": .text("CTO")]), used.person("1", ["title": .text("CTO")]))
    try used.pull([used.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    try used.write(title: "CEO", of: "l1", to: used.person("1", ["title": .text("CEO")]))
    #expect(try used.rows("SELECT count(*) FROM activity_log") != [["0"]])

    let schema = try used.store.renew()

    let new = try SampleStore()
    try used.store.prepare(used.layout)
    #expect(
      try used.store.openRun(at: SampleStore.now, version: "test", isDry: false) == new.run)
    #expect(try contents(of: used.store) == contents(of: new.store))
    #expect(try new.store.renew() == schema)
  }
}
