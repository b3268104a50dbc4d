import Fakes
import Model
import Store
import Sync
import Testing

/// Keys that marketers copy while records are created.
@Suite struct CopiedKeyTests {
  @Test func `a create that hits the person of another record is put right`() async throws {
    let world = try World()
    await world.dynamics.put(
      .lead, "l1", ["jobtitle": .text("a"), "donotbulkemail": .boolean(false)])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(
      .lead, "l2", ["jobtitle": .text("b"), "donotbulkemail": .boolean(true)])
    await world.marketo.onNextWrite { $0.put(person, ["dynamicsId": .text("l2")]) }

    #expect(try await world.run().errors == 1)

    #expect(
      try world.store.rows("SELECT dynamics_id, kind, message FROM errors") == [
        [
          "l2", "ambiguous",
          "the Marketo record that carries its key is linked to lead l1; clear the key that was"
            + " copied",
        ]
      ])
    #expect(await world.marketo.value(person, "dynamicsId") == .text("l1"))
    #expect(await world.marketo.value(person, "title") == .text("a"))
    #expect(await world.marketo.value(person, "unsubscribed") == .boolean(false))
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("a"))
    #expect(await world.dynamics.value(.lead, "l1", "donotbulkemail") == .boolean(false))
    #expect(try world.store.rows("SELECT * FROM disagreement") == [])

    world.time.advance(by: 2 * 3600)
    #expect(try await world.run().isInStep)
    let own = try #require(await world.marketo.person(withKey: "l2"))
    #expect(own != person)
    #expect(await world.marketo.value(own, "title") == .text("b"))
  }

  @Test func `a create without an answer whose key two persons carry is not guessed`() async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.marketo.loseNextAnswer()
    await world.marketo.onAfterWrite { marketo in
      marketo.add(["dynamicsId": .text("l1"), "title": .text("imported")])
    }

    #expect(try await world.run().errors == 1)

    #expect(
      try world.store.rows("SELECT dynamics_id, kind, candidates FROM errors")
        == [["l1", "ambiguous", "marketo 1001, marketo 1002"]])
    #expect(try world.store.rows("SELECT * FROM link") == [])

    await world.marketo.put("1002", ["dynamicsId": .empty])
    #expect(try await world.run().isInStep)
    #expect(try world.store.links(ofDynamics: ["l1"])["l1"]?.marketoID == "1001")
    #expect(await world.marketo.rows[.person]?.count == 2)
  }
}
