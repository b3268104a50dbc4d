import Model
import Testing
import Transport

@testable import Marketo

/// The codes of the service's error catalogue, each with what is done about it.
@Suite struct RetryClassTests {
  static let catalogue: [(code: Int, treatment: Treatment)] = [
    (500, .backOff(isCertain: false)), (502, .backOff(isCertain: false)), (600, .renewToken),
    (601, .renewToken), (602, .renewToken), (603, .denied), (604, .backOff(isCertain: false)),
    (605, .misuse), (606, .slowDown(seconds: 20)), (607, .stopForToday),
    (608, .backOff(isCertain: true)), (609, .misuse), (610, .notSetUp),
    (611, .backOff(isCertain: false)), (612, .misuse), (613, .misuse),
    (614, .backOff(isCertain: true)), (615, .slowDown(seconds: nil)), (616, .notSetUp),
    (701, .misuse), (702, .nothingThere), (703, .notSetUp), (704, .misuse), (709, .misuse),
    (710, .misuse), (711, .misuse), (712, .refusedData), (713, .backOff(isCertain: false)),
    (714, .refusedData), (718, .refusedData), (719, .backOff(isCertain: false)),
    (1001, .refusedData), (1002, .refusedData), (1003, .refusedData), (1004, .refusedData),
    (1005, .refusedData), (1006, .missingField), (1007, .refusedData), (1008, .notSetUp),
    (1009, .notSetUp), (1010, .notSetUp), (1011, .notSetUp), (1012, .misuse),
    (1013, .refusedData), (1014, .backOff(isCertain: false)), (1015, .refusedData),
    (1016, .backOff(isCertain: true)), (1017, .refusedData), (1018, .notSetUp),
    (1019, .backOff(isCertain: true)), (1020, .stopForToday), (1021, .refusedData),
    (1022, .refusedData), (1025, .refusedData), (1026, .notSetUp), (1027, .misuse),
    (1028, .misuse), (1029, .backOff(isCertain: true)), (1035, .misuse), (1036, .refusedData),
    (1037, .refusedData), (1042, .misuse), (1048, .misuse), (1049, .refusedData),
    (1076, .refusedData), (1077, .refusedData), (1078, .refusedData), (1079, .refusedData),
    (1080, .misuse), (4711, .backOff(isCertain: false)),
  ]

  @Test(arguments: catalogue)
  func `each code has its treatment`(code: Int, treatment: Treatment) {
    #expect(Treatment(code: String(code)) == treatment)
  }

  @Test func `a used-up export quota is over for today`() {
    #expect(
      Treatment(code: "1029", message: "Export daily quota 500MB exceeded") == .stopForToday)
  }

  @Test(arguments: catalogue)
  func `a read is repeated five times at most, and only where waiting helps`(
    code: Int, treatment: Treatment
  ) async throws {
    guard treatment != .renewToken, treatment != .nothingThere else { return }
    let isRepeated =
      switch treatment {
      case .slowDown, .backOff: true
      default: false
      }
    let service = ScriptedService([
      Self.path: Array(repeating: .error(code), count: isRepeated ? 5 : 1)
    ])
    let client = try Fixture.connector(service).client
    let error = await failure { try await client.envelope(of: Self.read) }
    #expect(await service.count(Self.path) == (isRepeated ? 5 : 1))
    #expect(error?.code == String(code))
    #expect(error?.mayHaveApplied == false)
  }

  @Test(arguments: catalogue)
  func `a write is repeated only where it was certainly not carried out`(
    code: Int, treatment: Treatment
  ) async throws {
    guard treatment != .renewToken else { return }
    let isRepeated =
      switch treatment {
      case .slowDown, .backOff(isCertain: true): true
      default: false
      }
    let service = ScriptedService([
      Self.path: Array(repeating: .error(code), count: isRepeated ? 5 : 1)
    ])
    let client = try Fixture.connector(service).client
    guard treatment != .nothingThere else { return }
    let error = await failure { try await client.envelope(of: Self.write) }
    #expect(error?.mayHaveApplied == (treatment == .backOff(isCertain: false)))
    #expect(await service.count(Self.path) == (isRepeated ? 5 : 1))
  }

  @Test(arguments: [
    (603, ServiceError.Kind.rights), (607, .quotaExhausted), (1018, .setup), (610, .setup),
    (1011, .setup), (604, .timedOut), (608, .unavailable(retryAfter: nil)),
    (606, .rateLimited(retryAfter: .seconds(20))), (615, .rateLimited(retryAfter: nil)),
    (4711, .unexpectedAnswer),
  ])
  func `each code has its kind`(code: Int, kind: ServiceError.Kind) {
    #expect(Refusal(code: String(code)).serviceError(for: Self.read).kind == kind)
  }

  @Test func `the rate limit's own window is waited out`() async throws {
    let service = ScriptedService([Self.path: [.error(606), .error(615), .result("")]])
    let clock = JumpingClock()
    let client = try Fixture.connector(service, clock: clock).client
    _ = try await client.envelope(of: Self.read)
    #expect(clock.slept == [.seconds(20), .seconds(1)])
  }

  @Test func `a missing permission is named`() {
    let error = Refusal(code: "603", requestID: "e1#0").serviceError(for: Self.write)
    #expect(
      error.description
        == "marketo: could not update persons: access denied (603); give the API user's role the "
        + "permission Read-Write Lead, and put this computer on the allow list if there is one")
    #expect(error.requestID == "e1#0")
  }

  @Test func `a native sync is told with its mend`() {
    #expect(
      Refusal(code: "1018", message: "CRM Enabled").serviceError(for: Self.write).description
        == "marketo: could not update persons: a native CRM sync manages these records (1018); "
        + "turn the native sync off, or take the entities that it keeps out")
  }

  @Test func `a field that is not there is named`() {
    let refusal = Refusal(code: "1006", message: "Field 'oldField' not found")
    let error = refusal.serviceError(for: Self.read)
    #expect(error.kind == .schema("oldField"))
    #expect(error.reason == "the field oldField does not exist")
  }

  @Test func `the service's words, which may quote a person's data, stay out of the error`() {
    let refusal = Refusal(code: "1003", message: "Invalid value 'ines@acme.test'")
    #expect(!refusal.serviceError(for: Self.read).description.contains("acme"))
  }

  @Test func `a gateway's answer counts by its status`() async throws {
    let service = ScriptedService([
      Self.path: [
        .page(status: 429, headers: [.init("Retry-After", "7")]), .page(status: 502),
        .page(status: 200), .result(""),
      ]
    ])
    let clock = JumpingClock()
    let client = try Fixture.connector(service, clock: clock).client
    _ = try await client.envelope(of: Self.read)
    #expect(clock.slept == [.seconds(7), .seconds(1), .seconds(2)])
  }

  @Test func `nothing found is an empty result`() async throws {
    let service = ScriptedService([Self.path: [.error(702, "No data found")]])
    let client = try Fixture.connector(service).client
    #expect(try await client.envelope(of: Self.read) == Envelope(requestID: "e1#1a1f7f83000"))
  }

  private static let path = "/rest/v1/leads.json"
  private static let read = Call.read(
    path, attempt: "could not read persons", permission: "Read-Only Lead")
  private static let write = Call.write(
    path, Array("{}".utf8), attempt: "could not update persons", permission: "Read-Write Lead")
}
