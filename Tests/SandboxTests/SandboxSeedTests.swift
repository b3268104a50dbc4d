import GRDB
import Sandbox
import Testing

@Suite struct SandboxSeedTests {
  @Test func `both services take the whole sample organisation`() throws {
    let state = try SandboxState()
    let organisation = SampleOrganisation()
    try state.seed(organisation) { 1_767_225_600 }

    let counts = try state.database.read { db in
      try ["lead", "contact", "account"].map { table in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM dynamics_\(table)") ?? 0
      } + [try Int.fetchOne(db, sql: "SELECT count(*) FROM marketo_person") ?? 0]
    }
    #expect(counts == [200, 300, 40, 60])
  }
}
