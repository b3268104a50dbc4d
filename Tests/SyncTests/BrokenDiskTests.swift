import Fakes
import GRDB
import Model
import Synchronization
import Sync
import Testing

@testable import Store

/// A database that can no longer be written in the middle of a run: nothing is lost or doubled.
@Suite struct BrokenDiskTests {
  private func filled(_ store: Store? = nil) async throws -> World {
    let world = try World(store: store)
    for number in 0..<6 {
      await world.dynamics.put(
        .lead, "l\(number)",
        ["emailaddress1": .text("p\(number)@park.example"), "jobtitle": .text("Clerk")])
    }
    return world
  }

  /// What both sides hold in the end, and what the database says of it.
  private func end(of world: World) async throws -> [String] {
    let persons = await world.marketo.rows[.person, default: [:]].values.map { fields in
      fields.map { "\($0.key)=\($0.value.canonicalText ?? "")" }.sorted().joined(separator: " ")
    }
    let links = try world.store.rows("SELECT dynamics_id, state FROM link")
    return (persons + links.map { $0.joined(separator: " ") }).sorted()
  }

  @Test func `read-only at any write`() async throws {
    let undisturbed = try await filled()
    try await undisturbed.run()
    let expected = try await end(of: undisturbed)
    var failures = 0
    for point in 0..<60 {
      let writes = Mutex(0)
      let standing = Mutex<Store?>(nil)
      let store = try Store.inMemory {
        let write = writes.withLock { count in
          defer { count += 1 }
          return count
        }
        guard write == point, let store = standing.withLock({ $0 }) else { return }
        try store.set("query_only = ON")
      }
      let world = try await filled(store)
      writes.withLock { $0 = 0 }
      standing.withLock { $0 = store }

      do {
        try await world.run()
        break
      } catch let error as StoreError {
        #expect(error.kind == .readOnly)
        failures += 1
      }
      standing.withLock { $0 = nil }
      try store.set("query_only = OFF")
      try await world.run()
      try await world.run()

      #expect(try await end(of: world) == expected, "at write \(point)")
      #expect(try store.rows("SELECT * FROM health") == [])
      #expect(try store.rows("PRAGMA integrity_check") == [["ok"]])
    }
    #expect(failures > 8)
  }

  @Test func `full at any size`() async throws {
    let undisturbed = try await filled()
    try await undisturbed.run()
    let expected = try await end(of: undisturbed)
    let start = try World().store.pages()
    var failures = 0
    for room in 0..<200 {
      let world = try await filled()
      try world.store.set("max_page_count = \(start + room)")

      do {
        try await world.run()
        break
      } catch let error as StoreError {
        #expect(error.kind == .full)
        #expect(error.mend == "make room and run it again; nothing is lost")
        failures += 1
      }
      try world.store.set("max_page_count = 1000000")
      try await world.run()
      try await world.run()

      #expect(try await end(of: world) == expected, "with room for \(room) pages")
      #expect(try world.store.rows("SELECT * FROM health") == [])
      #expect(try world.store.rows("PRAGMA integrity_check") == [["ok"]])
    }
    #expect(failures > 8)
  }
}

extension Store {
  fileprivate func set(_ pragma: String) throws {
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA \(pragma)") }
  }

  fileprivate func pages() throws -> Int {
    try database.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
  }
}
