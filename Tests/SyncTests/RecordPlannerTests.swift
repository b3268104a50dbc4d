import Model
import Store
import Sync
import Testing

@Suite struct RecordPlannerTests {
  @Test func `a record that did not change has an empty plan`() throws {
    let item = try PlanCase.linkedContact()

    #expect(try item.plan() == item.nothing)
  }

  @Test func `edits of different fields go to the other side each, and to none twice`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.edit(.marketo, ["phone": .text("2")])

    var expected = item.nothing
    expected.operations = [
      item.update(.dynamics, "telephone1", pair: "telephone1__phone", from: "1", to: "2"),
      item.update(.marketo, "title", pair: "jobtitle__title", from: "CTO", to: "CEO"),
    ]
    #expect(try item.plan() == expected)
  }

  @Test func `a collision is planned with both bases, the winner and its rule`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.edit(.marketo, ["title": .text("CFO")])

    var expected = item.nothing
    expected.operations = [
      PlannedOperation(
        side: .marketo, action: .update(ifVersion: nil),
        fields: [
          PlannedField(
            pair: "jobtitle__title", field: "title", source: .text("CEO"), sent: .text("CEO"),
            predicted: .text("CEO"), before: .text("CFO"),
            base: Base(dynamics: .text("CTO"), marketo: .text("CTO")), action: .collision,
            winner: .dynamics, rule: "dynamics wins: the entity's rule")
        ])
    ]
    #expect(try item.plan() == expected)
  }

  @Test func `the same edit on both sides moves the bases without a write`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.edit(.marketo, ["title": .text("CEO")])

    var expected = item.nothing
    expected.agreed = [
      AgreedField(
        pair: "jobtitle__title", dynamics: .text("CEO"), marketo: .text("CEO"),
        base: Base(dynamics: .text("CTO"), marketo: .text("CTO")))
    ]
    #expect(try item.plan() == expected)
  }

  @Test func `what is sent is the value, what is predicted is its stored form`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.marketo, ["title": .text("CEO  ")])

    let field = try #require(try item.plan().operations.first?.fields.first)

    #expect(field.sent == .text("CEO  "))
    #expect(field.predicted == .text("CEO"))
    #expect(field.source == .text("CEO  "))
  }

  @Test func `without a base the write is logged as a first link`() throws {
    var item = try PlanCase.linkedContact()
    item.input.bases["jobtitle__title"] = nil
    item.edit(.marketo, ["title": .empty])

    let fields = try item.plan().operations.flatMap(\.fields)

    #expect(fields.map(\.action) == [.firstLink])
    #expect(fields.map(\.rule) == ["first link: only dynamics had a value"])
  }

  @Test func `a field that no rule settles is left to a person, in words`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["source": .option(1)])
    item.edit(.marketo, ["leadSource": .text("Fair")])

    var expected = item.nothing
    expected.unsettled = [
      UnsettledField(
        pair: "source__leadSource", trouble: .manual, side: .dynamics, content: "Fair",
        message: "the field's rule leaves it to a person; give both sides the same value, or give"
          + " the field a winner")
    ]
    #expect(try item.plan() == expected)
  }

  @Test func `a value that the other side has no word for is named, and the others go on`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.marketo, ["leadSource": .text("Fair"), "phone": .text("2")])

    var expected = item.nothing
    expected.unsettled = [
      UnsettledField(
        pair: "source__leadSource", trouble: .untranslatable, side: .dynamics, content: "Fair",
        message: "the other side has no word for the value; add the option to source, or change"
          + " the value")
    ]
    expected.operations = [
      item.update(.dynamics, "telephone1", pair: "telephone1__phone", from: "1", to: "2")
    ]
    #expect(try item.plan() == expected)
  }

  @Test(arguments: [Link.State.converted, .deleted, .unlinked])
  func `a link that is not active asks for nothing`(_ state: Link.State) throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.input.link?.state = state

    #expect(try item.plan() == item.nothing)
  }

  @Test func `a record whose person was merged in Marketo is unsettled, and asks for nothing`()
    throws
  {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.input.link?.state = .merged

    var expected = item.nothing
    expected.unsettled = [
      UnsettledField(
        pair: "", trouble: .manual, side: .marketo, content: "",
        message: "its person 1001 was merged in Marketo into the person of another record: nothing"
          + " of it is kept in step; merge the record into another record in Dynamics as well, or"
          + " deactivate or delete it")
    ]
    #expect(try item.plan() == expected)
    item.input.dynamics.record.facts.mergedInto = .dynamics("c2")
    #expect(try item.plan() == item.nothing)
  }

  @Test func `a counterpart that was never read is not written blindly`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.input.marketo = nil

    #expect(item.planner.plan(item.input) == nil)
  }

  @Test func `a deleted record tells Marketo that, and nothing else`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.edit(.marketo, ["phone": .text("2")])
    item.input.dynamics.isDeleted = true

    let plan = try item.plan()

    #expect(plan.sent(to: .marketo) == ["dynamicsIsDeleted": .boolean(true)])
    #expect(plan.sent(to: .dynamics).isEmpty)
    #expect(plan.operations.first?.fields.map(\.rule) == ["changed in dynamics"])
  }

  @Test func `a record that left the filter goes stale, and the log says so once`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.dynamics, ["jobtitle": .text("CEO")])
    item.edit(.marketo, ["phone": .text("2")])
    item.input.dynamics.record.facts.isIncluded = false

    var expected = item.nothing
    expected.skipped = [
      SkippedField(pair: "", side: .marketo, rule: "left out by the filter")
    ]
    #expect(try item.plan() == expected)

    item.input.dynamics.isDirty = false
    #expect(try item.plan() == item.nothing)
  }

  @Test func `a key that was altered in Marketo is put right by the Marketo id`() throws {
    var item = try PlanCase.linkedContact()
    item.edit(.marketo, ["dynamicsId": .text("someone else's")])

    let plan = try item.plan()

    #expect(plan.sent(to: .marketo) == ["dynamicsId": .text("c1")])
    #expect(plan.operations.map(\.action) == [.update(ifVersion: nil)])
  }
}
