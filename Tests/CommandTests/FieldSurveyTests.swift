import Model
import Testing

@testable import dynsync_cli

@Suite struct FieldSurveyTests {
  private static let table = ObjectType(.dynamics, "new_plan")
  private static let type = ObjectType(.marketo, "plan_c")

  private static let leads = EntityRule(
    .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
    pairs: [
      FieldPair("jobtitle", "title", winner: .manual),
      FieldPair("fullname", "fullName", direction: .toMarketo),
      FieldPair("revenue", "score"), FieldPair("secret", "notes"), FieldPair("gone", "notes"),
      FieldPair(.derived(.key), "dynamicsId", direction: .toMarketo),
      FieldPair(.derived(.isDeleted), "dynamicsIsDeleted", direction: .toMarketo),
    ])

  private static let roles = EntityRule(
    .opportunityRole, dynamics: .derivedRole, marketo: .role, direction: .toMarketo,
    winner: .dynamics, pairs: [FieldPair(.derived(.role), "role", direction: .toMarketo)])

  private static let plans = EntityRule(
    Entity(rawValue: "plan"), dynamics: table, marketo: type, direction: .toMarketo,
    winner: .dynamics, pairs: [FieldPair("new_name", "name", direction: .toMarketo)],
    custom: CustomObjectRule(
      parentColumn: "new_leadid", keyField: "dynamicsId", linkField: "leadId",
      parentObject: .person))

  private static let dynamics = DescribedService(
    .dynamics,
    [
      ObjectSchema(
        .lead, keyField: "leadid",
        fields: [
          Field("jobtitle", .text), Field("fullname", .text, isReported: false),
          Field("revenue", .boolean), Field("secret", .text, isReadable: false),
        ], feed: .records),
      ObjectSchema(
        table, keyField: "new_planid", fields: [Field("new_name", .text)], feed: .records),
    ])

  private static let person = ObjectSchema(
    .person, keyField: "id",
    fields: [
      Field("title", .text), Field("fullName", .text), Field("score", .integer, isReported: false),
      Field("notes", .text), Field("dynamicsId", .text),
    ], feed: .notices)
  private static let role = ObjectSchema(
    .role, keyField: "marketoGUID", fields: [Field("role", .text)], feed: .none)

  private func rows(
    of rules: [EntityRule], _ objects: [ObjectSchema]
  ) async throws -> [String] {
    let survey = FieldSurvey(
      rules: rules,
      connectors: [.dynamics: Self.dynamics, .marketo: DescribedService(.marketo, objects)])
    return FieldTable.table(of: try await survey.fields()).rows.map { row in
      row.map { $0.plainText.isEmpty ? "-" : $0.plainText }.joined(separator: " | ")
    }
  }

  @Test func `each pair has types, direction, winner, who tells of a change, and what stops it`()
    async throws
  {
    let rows = try await rows(of: [Self.leads], [Self.person])

    #expect(
      rows == [
        "lead | jobtitle | text | title | text | both | manual | feed | feed | -",
        "lead | fullname | text | fullName | text | to_marketo | marketo | sweep | feed | -",
        "lead | revenue | boolean | score | integer | both | marketo | feed | sweep | "
          + "a boolean cannot become a integer",
        "lead | secret | text | notes | text | both | marketo | feed | feed | "
          + "the sync user may not read secret of dynamics lead",
        "lead | gone | - | notes | text | both | marketo | - | feed | "
          + "dynamics lead has no field gone",
        "lead | _key | text | dynamicsId | text | to_marketo | dynamics | - | feed | -",
        "lead | _is_deleted | boolean | dynamicsIsDeleted | - | to_marketo | dynamics | - | - | "
          + "marketo person has no field dynamicsIsDeleted yet; the next run makes it",
      ])
  }

  @Test func `roles are derived, and looked up in Marketo`() async throws {
    let rows = try await rows(of: [Self.roles], [Self.role])

    #expect(
      rows == [
        "opportunity_role | _role | text | role | text | to_marketo | dynamics | - | lookup | -"
      ])
  }

  @Test func `a custom object shows its link field`() async throws {
    let type = ObjectSchema(
      Self.type, keyField: "dynamicsId", fields: [Field("name", .text)], feed: .none,
      parent: ParentField("leadId", of: .person))

    let rows = try await rows(of: [Self.plans], [type])

    #expect(
      rows == [
        "plan | new_name | text | name | text | to_marketo | dynamics | feed | lookup | -",
        "plan | _parent | text | leadId | text | to_marketo | dynamics | - | lookup | -",
      ])
  }

  @Test func `an object that is not there stops its own pairs alone`() async throws {
    let rows = try await rows(of: [Self.roles, Self.plans], [Self.role])

    #expect(
      rows == [
        "opportunity_role | _role | text | role | text | to_marketo | dynamics | - | lookup | -",
        "plan | new_name | text | name | - | to_marketo | dynamics | feed | - | "
          + "marketo plan_c does not exist; 'dynsync init --provision' makes it",
      ])
  }
}
