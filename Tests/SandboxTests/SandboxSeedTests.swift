import GRDB
import Sandbox
import Testing

@Suite struct SandboxSeedTests {
  private static func seeded() throws -> SandboxState {
    let state = try SandboxState()
    try state.seed(SampleOrganisation()) { 1_767_225_600 }
    return state
  }

  @Test func `both services take the whole sample organisation`() throws {
    let counts = try Self.seeded().database.read { db in
      try [
        "dynamics_lead", "dynamics_contact", "dynamics_account", "dynamics_opportunity",
        "dynamics_connection", "dynamics_new_subscription", "marketo_person",
      ].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? 0 }
    }
    // A connection is kept as seen from either end.
    #expect(counts == [200, 300, 40, 120, 120, 40, 60])
  }

  @Test func `the sample's sales are of all sorts`() throws {
    let counts = try Self.seeded().database.read { db in
      try [
        "customerid_type = 'account'", "customerid_type = 'contact'", "customerid IS NULL",
        "statecode = 0 AND stepname IS NOT NULL",
        "statecode = 1 AND actualclosedate IS NOT NULL", "statecode = 2 AND actualvalue = 0",
      ].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM dynamics_opportunity WHERE \($0)") ?? 0
      } + [
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM dynamics_connection WHERE record2roleid IS NOT NULL") ?? 0,
        try Int.fetchOne(
          db,
          sql: "SELECT count(DISTINCT ownerid) FROM dynamics_opportunity JOIN dynamics_team "
            + "ON teamid = ownerid") ?? 0,
      ]
    }
    #expect(counts == [84, 24, 12, 80, 24, 16, 45, 3])
  }

  @Test func `each team owns something of every kind`() throws {
    let owners = try Self.seeded().database.read { db in
      try ["account", "lead", "contact", "opportunity"].map { table in
        try Row.fetchAll(
          db,
          sql: """
            SELECT count(*) FROM dynamics_\(table) JOIN dynamics_team ON teamid = owningteam
            WHERE owninguser IS NULL AND ownerid_type = 'team' GROUP BY owningteam ORDER BY 1
            """
        ).map { $0[0] as Int }
      }
    }
    #expect(owners.map(\.count) == [3, 3, 3, 3])
    #expect(owners.dropLast().map { $0.reduce(0, +) } == [4, 8, 12])
  }
}
