import Model
import Testing
import Transport

@testable import Dynamics

/// A batch that Dynamics refuses as a whole.
@Suite struct WholeBatchTests {
  @Test(arguments: [(400, "0x80060888"), (413, "0x80060888"), (400, "0x8006aaaa")])
  func `a batch that is refused as a whole is told at once, for others to split it`(
    status: Int, code: String
  ) async throws {
    let exchange = Organisation.exchange(["POST $batch": [.error(status, code)]])
    let connector = try Organisation.connector(exchange)
    let schema = try await connector.describe(.lead, selecting: ["firstname"])
    let write = Write(
      operation: 1, object: .lead, action: .create(key: Organisation.lead1),
      fields: ["firstname": .text("Ines")])

    let error = await #expect(throws: ServiceError.self) {
      try await connector.write([write], to: schema)
    }

    #expect(error?.kind == .refusedCall)
    #expect(error?.code == code)
    #expect(error?.mayHaveApplied == false)
    #expect(exchange.requests.filter { $0.url.hasSuffix("$batch") }.count == 1)
  }
}
