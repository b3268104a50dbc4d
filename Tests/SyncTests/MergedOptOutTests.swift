import Fakes
import Model
import Testing

@testable import Sync

@Suite struct MergedOptOutTests {
  @Test func `an opt-out outlives a merge in Marketo into a person who never opted out`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(
      .lead, "l1", ["emailaddress1": .text("a@acme.test"), "donotbulkemail": .boolean(true)])
    try await world.run()
    let loser = try #require(await world.marketo.person(withKey: "l1"))
    let winner = await world.marketo.add(["unsubscribed": .boolean(false)])

    await world.marketo.merge(loser, into: winner)
    try await world.run()
    try await world.run()

    #expect(await world.dynamics.value(.lead, "l1", "donotbulkemail") == .boolean(true))
    #expect(await world.marketo.value(winner, "unsubscribed") == .boolean(true))
  }
}
