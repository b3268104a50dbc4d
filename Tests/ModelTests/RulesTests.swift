import Model
import Testing

@Suite struct RulesTests {
  private static let directions: [(Direction, [Side])] = [
    (.both, [.dynamics, .marketo]), (.toMarketo, [.marketo]), (.toDynamics, [.dynamics]),
  ]

  @Test(arguments: directions)
  func `a direction allows writing to the sides that it names`(
    _ direction: Direction, _ sides: [Side]
  ) {
    #expect(Side.allCases.filter(direction.allows(writingTo:)) == sides)
  }

  private static let shares: [(Int, Int)] = [(0, 50), (249, 50), (250, 50), (255, 51), (1000, 200)]

  @Test(arguments: shares)
  func `a limit is a share of the linked records, or a fixed number where that is more`(
    _ linked: Int, _ expected: Int
  ) {
    #expect(Limits.Share(percent: 20, atLeast: 50).limit(among: linked) == expected)
  }

  @Test func `only an entity that goes to Marketo alone is written whole`() {
    let whole = Direction.allCases.filter { direction in
      EntityRule(
        .account, dynamics: .account, marketo: .company, direction: direction, winner: .dynamics,
        pairs: []
      ).isWrittenWhole
    }

    #expect(whole == [.toMarketo])
  }

  @Test func `the fields that carry the link are put right, the others wait for a change`() {
    #expect(Derivation.allCases.filter(\.isEnforced) == [.key, .type, .isDeleted, .syncAs])
  }

  @Test func `what is present has a record, the rest has none`() {
    let record = Record(id: .marketo("1"), fields: ["email": .text("a@b.test")])

    #expect([Presence.present(record), .deleted, .absent].map(\.record) == [record, nil, nil])
  }
}
