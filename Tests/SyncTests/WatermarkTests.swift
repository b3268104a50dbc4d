import Fakes
import Foundation
import Model
import Store
import Sync
import Testing

/// Clocks and databases that are not where they were.
@Suite struct WatermarkTests {
  private func worldInStep() async throws -> World {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("a")])
    try await world.run()
    try await world.run()
    return world
  }

  @Test func `a service that went back is read whole, and the run says so`() async throws {
    let world = try await worldInStep()
    await world.dynamics.goBack()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    await world.marketo.goBack()

    let report = try await world.run()

    #expect(report.isInStep)
    let person = try #require(await world.marketo.person(withKey: "l1"))
    #expect(await world.marketo.value(person, "title") == .text("b"))
    #expect(
      report.warnings.contains(
        RunWarning(.watermark, "dynamics lead was read whole: it went back")))
    #expect(
      report.warnings.contains(
        RunWarning(.watermark, "marketo person was read whole: not its words")))
    #expect(try await world.run().warnings == [])
  }

  @Test func `a clock that jumped ahead and came back is told, and delays nothing`() async throws {
    let world = try World()
    world.time.advance(by: 365 * 86_400)
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.marketo.dropNextWrite()
    try await world.run()
    world.time.advance(by: -365 * 86_400)

    let report = try await world.run()

    #expect(
      report.warnings == [
        RunWarning(
          .clock,
          "an earlier run began at 2027-01-01T00:00:00Z, which is still to come by this machine's"
            + " clock; look at the clock")
      ])
    #expect(report.isInStep)
    #expect(await world.marketo.person(withKey: "l1") != nil)
    #expect(
      try world.store.rows("SELECT text FROM watermark WHERE feed LIKE 'sweep%'")
        == [["2026-01-01T00:00:00Z"]])
  }

  @Test func `a database put back from an older copy catches up and doubles nothing`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dynsync-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("dynsync.db").path
    let copy = folder.appendingPathComponent("copy.db").path
    let world = try World(store: Store(path: path))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    for part in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + part, toPath: copy + part)
    }
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("new")])
    try await world.run()
    await world.marketo.put(person, ["phone": .text("5")])
    try await world.run()
    await world.marketo.put(person, ["title": .text("c")])

    let restored = try World(sharing: world, store: Store(path: copy))
    let report = try await restored.run()

    #expect(report.isInStep)
    #expect(report.warnings == [])
    #expect(await world.marketo.rows[.person]?.count == 2)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("c"))
    #expect(await world.dynamics.value(.lead, "l1", "telephone1") == .text("5"))
    #expect(try await restored.writes { try await restored.run() } == 0)
    #expect(try restored.store.rows("SELECT * FROM disagreement") == [])
  }
}
