import Model
import Store
import Sync
import Testing

@Suite struct ReconcilerTests {
  @Test func `only a reason that chose between two values names a winner`() {
    let reasons: [Reason] = [
      .unchanged, .equal, .changed(.dynamics), .filled(from: .marketo),
      .won(.marketo, by: .entity), .directionBlocked, .enforced, .writtenWhole, .companyField,
      .refusedBefore, .manual, .untranslatable, .waiting, .cannotDetach,
    ]

    let winners = reasons.compactMap { reason in reason.winner.map { (reason, $0) } }

    #expect(winners.map(\.0) == [.won(.marketo, by: .entity), .writtenWhole])
    #expect(winners.map(\.1) == [.marketo, .dynamics])
    #expect(Set(reasons.map(\.text)).count == reasons.count)
  }
}
