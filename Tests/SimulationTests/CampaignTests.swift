import Testing

@testable import Simulation

@Suite struct CampaignTests {
  @Test func `one seed gives one history, byte for byte`() async throws {
    for seed in [3, 11, 40] as [UInt64] {
      #expect(try await Campaign(first: seed, count: 1).isRepeatable(seed: seed))
    }
  }
}
