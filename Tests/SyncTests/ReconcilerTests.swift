import Model
import Store
import Sync
import Testing

@Suite struct ReconcilerTests {
  @Test(arguments: try MergeCase.all())
  func `a pair of fields is merged as the case says`(_ item: MergeCase) throws {
    #expect(try item.decide() == item.expected)
  }

  @Test func `the file of cases names each case once`() throws {
    let names = try MergeCase.all().map(\.name)

    #expect(names.count >= 60)
    #expect(Set(names).count == names.count)
  }

  @Test func `the file of cases covers every kind of field, direction and rule`() throws {
    let cases = try MergeCase.all()

    #expect(Set(cases.map { $0.fields ?? .text }) == Set(SamplePair.allCases))
    #expect(
      Set(cases.map { $0.direction ?? "both" }) == Set(Direction.allCases.map(\.rawValue)))
    #expect(Set(cases.compactMap(\.rule)) == Set(Winner.allCases.map(\.rawValue)))
    #expect(
      Set(cases.map(\.then)) == [
        "nothing", "agree", "write to marketo", "write to dynamics", "ask a person",
      ])
  }

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
