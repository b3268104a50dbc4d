import Testing

@testable import Simulation

@Suite struct KillPointTests {
  @Test func `a run that dies at any step ends as if it had not, once it is run again`()
    async throws
  {
    let report = try await KillPoints().run()
    #expect(report.points.count == 2)
    #expect(report.points.allSatisfy { $0 > 60 }, "\(report.points)")
    #expect(report.differing == [])
  }
}
