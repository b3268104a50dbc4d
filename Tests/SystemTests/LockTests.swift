import Foundation
import Sandbox
import Store
import Synchronization
import Testing

/// Two processes on one database, and the lock of one that was killed.
@Suite struct LockTests {
  @Test func `a second run ends at once, and a killed one holds nothing`() async throws {
    let first = KillableRun()
    let second = KillableRun()
    let place = Mutex<URL?>(nil)
    let meeting = Mutex<KillableRun.Ending?>(nil)
    try await Rig.with(
      seed: SampleOrganisation(),
      observe: { moment in
        let folder = place.withLock { folder in
          defer { if moment.path.contains("/WhoAmI") { folder = nil } }
          return moment.path.contains("/WhoAmI") ? folder : nil
        }
        if let folder {
          let ending = try await second.run(in: folder, until: nil)
          meeting.withLock { $0 = ending }
        }
        try first.observe(moment)
      },
      { rig in
        try await rig.provision()
        place.withLock { $0 = rig.folder }

        let killed = try await first.run(
          in: rig.folder, until: .init("identity", .request("GET", "/WhoAmI", .done, count: 1)))
        let lock = FileManager.default.fileExists(atPath: "\(rig.databasePath).lock")
        let next = try await first.run(in: rig.folder, until: nil)

        let met = meeting.withLock { $0 }
        #expect(met?.status == 75)
        #expect(met?.notes.contains("another run holds it") == true)
        #expect(killed.wasKilled)
        #expect(lock)
        #expect(next.status == 2, "\(next.output)")
        let reader = try Reader(path: rig.databasePath)
        let runs = try reader.query("SELECT run_id, exit_code FROM run ORDER BY run_id").rows
        #expect(runs == [[.integer(1), .null], [.integer(2), .integer(2)]])
        #expect(try reader.query("SELECT * FROM health").rows == [])
      })
  }
}
