import Model
import Testing

@testable import dynsync_cli

@Suite struct DerivedPairsTests {
  @Test func `each entity gets the pairs that dynsync keeps by itself`() {
    let rules = SyncRules(entities: Self.entities.map { Self.rule($0, pairs: []) })

    let derived = rules.withDerivedPairs(personKey: "crmId")

    let person = [
      Self.pair(.key, "crmId"), Self.pair(.type, "dynamicsType"),
      Self.pair(.isDeleted, "dynamicsIsDeleted"), Self.pair(.owner, "externalSalesPersonId"),
    ]
    #expect(
      derived.entities == [
        Self.rule(.user, pairs: []),
        Self.rule(.account, pairs: [Self.pair(.owner, "externalSalesPersonId")]),
        Self.rule(.lead, pairs: person),
        Self.rule(.contact, pairs: person + [Self.pair(.account, "externalCompanyId")]),
      ])
  }

  @Test func `derived pairs stand behind the mapped ones`() {
    let mapped = FieldPair("jobtitle", "title")
    let rules = SyncRules(entities: [
      Self.rule(.user, pairs: []), Self.rule(.account, pairs: [mapped]),
    ])

    let derived = rules.withDerivedPairs(personKey: "crmId")

    #expect(derived.entities[1].pairs == [mapped, Self.pair(.owner, "externalSalesPersonId")])
  }

  @Test func `no pair waits for an entity that is not synced`() {
    let rules = SyncRules(entities: [Self.rule(.contact, pairs: [])])

    let derived = rules.withDerivedPairs(personKey: "crmId")

    #expect(
      derived.entities[0].pairs == [
        Self.pair(.key, "crmId"), Self.pair(.type, "dynamicsType"),
        Self.pair(.isDeleted, "dynamicsIsDeleted"),
      ])
  }

  private static let entities: [Entity] = [.user, .account, .lead, .contact]

  private static func rule(_ entity: Entity, pairs: [FieldPair]) -> EntityRule {
    EntityRule(
      entity, dynamics: .lead, marketo: .person, direction: .both, winner: .dynamics, pairs: pairs)
  }

  private static func pair(_ derivation: Derivation, _ marketo: FieldName) -> FieldPair {
    FieldPair(.derived(derivation), marketo, direction: .toMarketo)
  }
}
