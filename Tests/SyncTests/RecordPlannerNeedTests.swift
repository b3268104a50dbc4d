import Model
import Store
import Sync
import Testing

@Suite struct RecordPlannerNeedTests {
  private static let owner = Reference(.user, .dynamics("u1"))
  private static let account = Reference(.account, .dynamics("a1"))

  @Test func `a need that is not there waits, and holds back no other field`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.input.dynamics.record.facts.owner = Self.owner
    item.input.dynamics.record.facts.account = Self.account.id
    item.input.needs = ["u1": .missing]

    var expected = item.nothing
    expected.dependencies = [
      PlannedDependency(need: .owner, needed: Self.owner, isMet: false),
      PlannedDependency(need: .account, needed: Self.account, isMet: false),
    ]
    expected.operations = [
      item.update(.marketo, "title", pair: "jobtitle__title", from: "CTO", to: "CEO")
    ]
    #expect(try item.plan() == expected)
  }

  @Test func `a need that is there is written as its counterpart, and recorded`() throws {
    var item = try PlanCase.linkedContact()
    item.input.dynamics.record.facts.owner = Self.owner
    item.input.dynamics.record.facts.account = Self.account.id
    item.input.needs = ["u1": .met(marketoID: "sales-1"), "a1": .met(marketoID: "acme")]

    let plan = try item.plan()

    #expect(
      plan.sent(to: .marketo) == [
        "externalSalesPersonId": .text("sales-1"), "externalCompanyId": .text("acme"),
      ])
    #expect(
      plan.dependencies == [
        PlannedDependency(need: .owner, needed: Self.owner, isMet: true, value: "sales-1"),
        PlannedDependency(need: .account, needed: Self.account, isMet: true, value: "acme"),
      ])
  }

  @Test func `an owner that no entity carries to Marketo counts as none`() throws {
    var item = try PlanCase.linkedContact()
    item.input.dynamics.record.facts.owner = Reference(.team, .dynamics("t1"))

    #expect(try item.plan() == item.nothing)
  }

  @Test func `a person is not taken out of a company, and the log says why, once`() throws {
    var item = try PlanCase.linkedContact()
    let pair = "_account__externalCompanyId"
    item.input.bases[pair] = Base(dynamics: .text("a1"), marketo: .text("a1"))
    item.edit(.marketo, ["externalCompanyId": .text("a1")])

    var expected = item.nothing
    expected.skipped = [
      SkippedField(
        pair: pair, side: .marketo, rule: "marketo cannot take a person out of a company")
    ]
    #expect(try item.plan() == expected)

    item.input.bases[pair] = Base(dynamics: .empty, marketo: .text("a1"))
    #expect(try item.plan() == item.nothing)
  }

  @Test func `a company-type field is the company's once the person has one`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["employer": .text("Acme")])
    #expect(try item.plan().sent(to: .marketo) == ["company": .text("Acme")])

    item.input.dynamics.record.facts.account = Self.account.id
    item.input.needs = ["a1": .met(marketoID: "a1")]
    #expect(try item.plan().sent(to: .marketo) == ["externalCompanyId": .text("a1")])
  }

  @Test func `a one-way record that changed is written whole`() throws {
    var item = try PlanCase.linkedAccount()
    item.edit(.dynamics, ["telephone1": .text("2")])
    item.edit(.marketo, ["company": .text("ACME Inc."), "website": .text("acme.test")])

    let fields = try item.plan().operations.flatMap(\.fields)

    #expect(fields.map(\.field) == ["company", "mainPhone", "website"])
    #expect(fields.map(\.sent) == [.text("Acme"), .text("2"), .empty])
    #expect(fields.map(\.action) == [.collision, .updated, .collision])
    #expect(
      fields.map(\.rule) == [
        "dynamics wins: the entity is written whole", "changed in dynamics",
        "dynamics wins: the entity is written whole",
      ])
    #expect(fields.map(\.winner) == [.dynamics, nil, .dynamics])
  }

  @Test func `a record that is written whole empties nothing at its first meeting`() throws {
    var item = try PlanCase.linkedAccount()
    item.input.bases["website__website"] = nil
    item.edit(.dynamics, ["telephone1": .text("2")])
    item.edit(.marketo, ["website": .text("acme.test")])

    #expect(try item.plan().sent(to: .marketo) == ["mainPhone": .text("2")])
  }

  @Test func `a one-way record that changed in Marketo alone is left as it is`() throws {
    var item = try PlanCase.linkedAccount()
    item.edit(.marketo, ["company": .text("ACME Inc.")])

    #expect(try item.plan() == item.nothing)
  }

  @Test func `a record that is written whole keeps an opt-out made in Marketo`() throws {
    var item = try PlanCase.linkedAccount()
    item.edit(.dynamics, ["telephone1": .text("2")])
    item.edit(.marketo, ["optOut": .boolean(true)])

    #expect(try item.plan().sent(to: .marketo) == ["mainPhone": .text("2")])
  }

  @Test func `a refused value is left out, and the other fields go on`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.marketo, ["title": .text("bad"), "phone": .text("2")])
    item.input.refusals = [Refusal(side: .dynamics, pair: "jobtitle__title", content: "bad")]

    #expect(try item.plan().sent(to: .dynamics) == ["telephone1": .text("2")])
  }

  @Test func `another value than the refused one is tried at once`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.marketo, ["title": .text("good")])
    item.input.refusals = [
      Refusal(side: .dynamics, pair: "jobtitle__title", content: "bad"),
      Refusal(side: .marketo, pair: "jobtitle__title", content: "good"),
    ]

    #expect(try item.plan().sent(to: .dynamics) == ["jobtitle": .text("good")])
  }
}
