import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct WrittenWholeTests {
  @Test func `a change to what Marketo was edited to still puts the other values right`()
    async throws
  {
    let world = try World(rules: .forSales)
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(stage: "Develop"))
    try await world.run()
    await world.marketo.put(
      "o1", ["name": .text("Typed"), "stage": .text("Close")], in: .deal)

    await world.dynamics.put(.opportunity, "o1", [:], Facts(stage: "Close"))
    #expect(try await world.run().isInStep)

    let deal = await world.marketo.rows[.deal]?["o1"]
    #expect(deal?["name"] == .text("Big one"))
    #expect(deal?["stage"] == .text("Close"))
    #expect(try world.store.rows("SELECT * FROM disagreement") == [])
    #expect(try await world.writes { try await world.run() } == 0)
  }
}
