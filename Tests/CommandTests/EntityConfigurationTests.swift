import Model
import Testing

@testable import dynsync_cli

@Suite struct EntityConfigurationTests {
  private func configuration(_ entities: String) throws -> Configuration {
    try SampleConfiguration.parse(
      SampleConfiguration.yaml.replacing("entities:\n", with: "entities:\n\(entities)"))
  }

  @Test func `entities come in the order in which they are written, whatever the file's`() throws {
    let fields = "fields: [{dynamics: name, marketo: name}]"
    let rules = try configuration(
      """
        plan: {dynamics: new_plan, marketo: plan_c, parent: new_leadid, \(fields)}
        opportunity: {\(fields)}
        visit: {dynamics: new_visit, marketo: visit_c, parent: new_leadid, \(fields)}
        team: {\(fields)}
        user: {\(fields)}

      """
    ).rules

    #expect(
      rules.entities.map(\.entity.rawValue) == [
        "user", "team", "lead", "opportunity", "plan", "visit",
      ])
  }

  @Test func `a custom entity has a table, a type and a parent`() throws {
    let configuration = try configuration(
      """
        visit:
          dynamics: new_visit
          marketo: visit_c
          parent: new_accountid
          parent_is: company
          filter: new_sync
          on_delete: propagate
          fields: [{dynamics: new_day, marketo: day}]
        plan:
          dynamics: new_plan
          marketo: plan_c
          parent: new_leadid
          key: crmKey
          link: person
          fields: [{dynamics: new_name, marketo: name}]

      """)

    #expect(
      configuration.rules.entities.dropFirst() == [
        EntityRule(
          Entity(rawValue: "visit"), dynamics: ObjectType(.dynamics, "new_visit"),
          marketo: ObjectType(.marketo, "visit_c"), direction: .toMarketo, winner: .dynamics,
          pairs: [FieldPair("new_day", "day", direction: .toMarketo)], onDelete: .propagate,
          custom: CustomObjectRule(
            parentColumn: "new_accountid", keyField: "dynamicsId", linkField: "companyId",
            parentObject: .company)),
        EntityRule(
          Entity(rawValue: "plan"), dynamics: ObjectType(.dynamics, "new_plan"),
          marketo: ObjectType(.marketo, "plan_c"), direction: .toMarketo, winner: .dynamics,
          pairs: [FieldPair("new_name", "name", direction: .toMarketo)],
          custom: CustomObjectRule(
            parentColumn: "new_leadid", keyField: "crmKey", linkField: "person",
            parentObject: .person)),
      ])
    #expect(
      configuration.tables.mapValues { [$0.logicalName, $0.filterColumn, $0.parentColumn] } == [
        ObjectType(.dynamics, "new_visit"): ["new_visit", "new_sync", "new_accountid"],
        ObjectType(.dynamics, "new_plan"): ["new_plan", nil, "new_leadid"],
      ])
  }

  @Test func `a team is a sales person or only read`() throws {
    let salesPerson = try configuration(
      "  team: {as: sales_person, fields: [{dynamics: name, marketo: lastName}]}\n"
    ).rules
    let mirror = try configuration(
      "  team: {as: mirror, fields: [{dynamics: name}, {dynamics: emailaddress}]}\n"
    ).rules
    let plain = try configuration("  team: {as: mirror}\n").rules

    #expect(
      salesPerson.rule(for: .team)
        == EntityRule(
          .team, dynamics: .team, marketo: .salesPerson, direction: .toMarketo, winner: .dynamics,
          pairs: [FieldPair("name", "lastName", direction: .toMarketo)]))
    #expect(salesPerson.mirrored.isEmpty)
    #expect(mirror.rule(for: .team) == nil)
    #expect(mirror.mirrored == [.team: ["name", "emailaddress"]])
    #expect(plain.mirrored == [.team: ["name"]])
  }

  @Test func `teams that are only read keep nothing in step`() throws {
    let start = try #require(SampleConfiguration.yaml.firstRange(of: "  lead:"))
    let yaml = SampleConfiguration.yaml[..<start.lowerBound] + "  team: {as: mirror}\n"

    #expect(
      SampleConfiguration.complaint(of: String(yaml)) == """
        Error: dynsync.yaml:11: entities: keeps nothing in step: teams are only read
        Try: add one of user, team, account, lead, contact, opportunity
        """)
  }

  @Test func `deletes of opportunities may go on to Marketo`() throws {
    let rules = try configuration(
      "  opportunity: {on_delete: propagate, fields: [{dynamics: name, marketo: name}]}\n"
    ).rules

    #expect(
      rules.rule(for: .opportunity)
        == EntityRule(
          .opportunity, dynamics: .opportunity, marketo: .deal, direction: .toMarketo,
          winner: .dynamics, pairs: [FieldPair("name", "name", direction: .toMarketo)],
          onDelete: .propagate))
  }
}
