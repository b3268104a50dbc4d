import Model
import Store
import Sync
import Testing

@Suite struct RecordPlannerCreateTests {
  @Test func `a record without a counterpart is created with every value that it has`() throws {
    let item = try PlanCase.newContact([
      "jobtitle": .text("CTO"), "telephone1": .empty, "source": .option(8),
      "employer": .text("Acme"), "score": .integer(5),
    ])

    let plan = try item.plan()

    #expect(plan.operations.map(\.side) == [.marketo])
    #expect(plan.operations.map(\.action) == [.create(key: "c1")])
    #expect(
      plan.sent(to: .marketo) == [
        "title": .text("CTO"), "leadSource": .text("Web"), "company": .text("Acme"),
        "dynamicsId": .text("c1"), "dynamicsIsDeleted": .boolean(false),
      ])
    #expect(plan.operations.flatMap(\.fields).allSatisfy { $0.action == .firstLink })
  }

  @Test func `a person with a company gets no company-type field of its own`() throws {
    var item = try PlanCase.newContact(
      ["employer": .text("Acme")], Facts(account: .dynamics("a1")))
    item.input.needs = ["a1": .met(marketoID: "a1")]

    let sent = try item.plan().sent(to: .marketo)

    #expect(sent["company"] == nil)
    #expect(sent["externalCompanyId"] == .text("a1"))
  }

  @Test func `a value without a word in Marketo holds back its field, not the record`() throws {
    let item = try PlanCase.newContact(["source": .option(99), "jobtitle": .text("CTO")])

    let plan = try item.plan()

    #expect(plan.sent(to: .marketo)["title"] == .text("CTO"))
    #expect(
      plan.unsettled == [
        UnsettledField(
          pair: "source__leadSource", trouble: .untranslatable, side: .marketo, content: "99",
          message: "the other side has no word for the value; add the option to leadSource, or"
            + " change the value")
      ])
  }

  @Test func `a record that is excluded or gone is not created`() throws {
    let excluded = try PlanCase.newContact(
      ["jobtitle": .text("CTO")], Facts(isIncluded: false))
    var deleted = try PlanCase.newContact(["jobtitle": .text("CTO")])
    deleted.input.dynamics.isDeleted = true

    #expect(try excluded.plan() == excluded.nothing)
    #expect(try deleted.plan() == deleted.nothing)
  }

  @Test(arguments: [
    Facts(convertedTo: .dynamics("c9")), Facts(mergedInto: .dynamics("c9")),
  ])
  func `a record that lives on as another waits for it and stays dirty`(_ facts: Facts) throws {
    var item = try PlanCase.newContact(["jobtitle": .text("CTO")], facts)

    #expect(item.planner.plan(item.input) == nil)

    item.input.dynamics.isDeleted = true
    #expect(item.planner.plan(item.input) == item.nothing)
  }

  @Test func `a create that was refused is not sent again until something changes`() throws {
    var item = try PlanCase.newContact(["jobtitle": .text("CTO")])
    let fields = try #require(try item.plan().operations.first?.fields)
    item.input.refusals = [
      Refusal(side: .marketo, pair: "", content: PlannedOperation.content(of: fields))
    ]

    #expect(try item.plan().operations.isEmpty)

    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    #expect(try item.plan().sent(to: .marketo)["title"] == .text("CEO"))
  }

  @Test func `a create goes without the one value that was refused`() throws {
    var item = try PlanCase.newContact(["jobtitle": .text("bad"), "telephone1": .text("1")])
    item.input.refusals = [Refusal(side: .marketo, pair: "jobtitle__title", content: "bad")]

    let sent = try item.plan().sent(to: .marketo)

    #expect(sent["title"] == nil)
    #expect(sent["phone"] == .text("1"))
  }
}
