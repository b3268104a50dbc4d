import ArgumentParser
import Model
import Testing

@testable import dynsync_cli

@Suite struct CommandErrorTests {
  @Test(arguments: [
    (ServiceError.Kind.credentials, ExitStatus.stopped), (.rights, .stopped), (.setup, .stopped),
    (.schema("jobtitle"), .stopped), (.unavailable(retryAfter: nil), .later),
    (.rateLimited(retryAfter: nil), .later), (.quotaExhausted, .later), (.timedOut, .later),
    (.watermarkExpired, .failed), (.unexpectedAnswer, .failed),
    (.refusedCall, .failed),
  ])
  func `the kind of a service's error decides the status`(
    kind: ServiceError.Kind, status: ExitStatus
  ) {
    let error = ServiceError(kind, side: .marketo, attempt: "could not read", reason: "because")

    #expect(CommandError(error).status == status)
  }

  @Test func `a service's mend is what to try`() {
    let error = ServiceError(
      .credentials, side: .dynamics, attempt: "could not read leads",
      reason: "the client secret has expired",
      mend: "make a new one and set DYNAMICS_CLIENT_SECRET", code: "AADSTS7000222")

    #expect(
      CommandError(error).description == """
        Error: dynamics: could not read leads: the client secret has expired (AADSTS7000222)
        Try: make a new one and set DYNAMICS_CLIENT_SECRET
        """)
  }

  @Test func `a service that asks to wait is tried again then`() {
    let error = ServiceError(
      .unavailable(retryAfter: .seconds(90)), side: .marketo, attempt: "could not read persons",
      reason: "the service is in maintenance")

    #expect(
      CommandError(error).description == """
        Error: marketo: could not read persons: the service is in maintenance
        Try: run it again in 1m30s; nothing is lost
        """)
  }

  @Test func `an unknown error fails the command and loses nothing`() {
    struct Surprise: Error, CustomStringConvertible { let description = "out of paper" }

    #expect(
      CommandError(Surprise())
        == CommandError(.failed, "out of paper", mend: "run it again; nothing is lost"))
  }

  @Test func `the statuses are those of the contract`() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 64, 75])
  }

  @Test func `a bare status ends the program without a word of ours`() {
    #expect(Dynsync.isOfParser(ExitStatus.failed.code))
    #expect(Dynsync.isOfParser(CleanExit.helpRequest()))
    #expect(!Dynsync.isOfParser(CommandError(.later, "locked")))
    #expect(!Dynsync.isOfParser(CancellationError()))
  }
}
