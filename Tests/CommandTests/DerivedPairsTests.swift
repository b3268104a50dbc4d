import Model
import Testing

@testable import dynsync_cli

@Suite struct DerivedPairsTests {
  @Test func `each entity gets the pairs that dynsync keeps by itself`() {
    let rules = SyncRules(entities: Self.entities.map { Self.rule($0, pairs: []) })

    let derived = rules.withDerivedPairs(personKey: "crmId")

    let person = Self.person + [Self.pair(.owner, "externalSalesPersonId")]
    #expect(
      derived.entities == [
        Self.rule(.user, pairs: []),
        Self.rule(.team, pairs: []),
        Self.rule(.account, pairs: [Self.pair(.owner, "externalSalesPersonId")]),
        Self.rule(.lead, pairs: person),
        Self.rule(.contact, pairs: person + [Self.pair(.account, "externalCompanyId")]),
        Self.rule(
          .opportunity,
          pairs: [
            Self.pair(.owner, "externalSalesPersonId"), Self.pair(.account, "externalCompanyId"),
            Self.pair(.amount, "amount"), Self.pair(.stage, "stage"),
            Self.pair(.isClosed, "isClosed"), Self.pair(.isWon, "isWon"),
          ]),
        Self.role,
      ])
    #expect(derived.mirrored == [.connection: [], .connectionRole: ["name"]])
  }

  @Test func `a team is an owner where no user is synced`() {
    let rules = SyncRules(entities: [Self.rule(.team, pairs: []), Self.rule(.account, pairs: [])])

    let derived = rules.withDerivedPairs(personKey: "crmId")

    #expect(derived.entities[1].pairs == [Self.pair(.owner, "externalSalesPersonId")])
  }

  @Test func `roles stand right behind opportunities, and need persons`() {
    let custom = Entity(rawValue: "subscription")
    let all: [Entity] = [.contact, .opportunity, custom]

    let derived = [all, [.opportunity, custom], [.contact, custom]].map { entities in
      SyncRules(entities: entities.map { Self.rule($0, pairs: []) })
        .withDerivedPairs(personKey: "crmId")
    }

    #expect(
      derived.map { $0.entities.map(\.entity) } == [
        [.contact, .opportunity, .opportunityRole, custom], [.opportunity, custom],
        [.contact, custom],
      ])
    #expect(derived.map(\.mirrored.isEmpty) == [false, true, true])
  }

  @Test func `a mapped amount or stage takes the place of the derived one`() {
    let mapped = [
      FieldPair("new_weighted", "Amount", direction: .toMarketo),
      FieldPair("stepname", "stage", direction: .toMarketo),
    ]
    let rules = SyncRules(entities: [Self.rule(.opportunity, pairs: mapped)])

    let derived = rules.withDerivedPairs(personKey: "crmId")

    #expect(
      derived.entities[0].pairs
        == mapped + [Self.pair(.isClosed, "isClosed"), Self.pair(.isWon, "isWon")])
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
      derived.entities[0].pairs == Self.person)
  }

  private static let entities: [Entity] = [
    .user, .team, .account, .lead, .contact, .opportunity,
  ]

  private static let person = [
    pair(.key, "crmId"), pair(.type, "dynamicsType"), pair(.isDeleted, "dynamicsIsDeleted"),
    pair(.syncAs, "dynamicsSyncAs"),
  ]

  private static let role = EntityRule(
    .opportunityRole, dynamics: .derivedRole, marketo: .role, direction: .toMarketo,
    winner: .dynamics,
    pairs: [
      pair(.opportunity, "externalOpportunityId"), pair(.person, "leadId"), pair(.role, "role"),
    ])

  private static func rule(_ entity: Entity, pairs: [FieldPair]) -> EntityRule {
    EntityRule(
      entity, dynamics: .lead, marketo: .person, direction: .both, winner: .dynamics, pairs: pairs)
  }

  private static func pair(_ derivation: Derivation, _ marketo: FieldName) -> FieldPair {
    FieldPair(.derived(derivation), marketo, direction: .toMarketo)
  }
}
