import Model
import Sync
import Testing

@testable import dynsync_cli

@Suite struct ProvisioningTests {
  private static let table = ObjectType(.dynamics, "new_plan")
  private static let type = ObjectType(.marketo, "plan_c")

  private static let rules = SyncRules(entities: [
    EntityRule(
      .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
      pairs: [FieldPair("jobtitle", "title")]),
    EntityRule(
      Entity(rawValue: "service_plan"), dynamics: table, marketo: type, direction: .toMarketo,
      winner: .dynamics,
      pairs: [
        FieldPair("new_name", "name", direction: .toMarketo),
        FieldPair("new_kind", "kind", direction: .toMarketo),
        FieldPair("new_amount", "amount", direction: .toMarketo),
        FieldPair("new_start", "start", direction: .toMarketo),
      ],
      custom: CustomObjectRule(
        parentColumn: "new_leadid", keyField: "crmKey", linkField: "person", parentObject: .person)
    ),
  ])

  private func dynamics(_ columns: [Field]) -> DescribedService {
    DescribedService(
      .dynamics,
      [ObjectSchema(Self.table, keyField: "new_planid", fields: columns, feed: .records)])
  }

  private static let columns = [
    Field("new_name", .text, label: "Name", length: 100),
    Field("new_kind", .option, label: "Kind", options: [Option(1, "Gold")]),
    Field("new_amount", .decimal, label: "Amount", scale: 2),
    Field("new_start", .date, label: "Start"), Field("new_leadid", .reference, label: "Lead"),
  ]

  @Test func `a custom object gets fields that can hold what the columns hold`() async throws {
    let marketo = DescribedService(.marketo)
    let provisioning = Provisioning(
      rules: Self.rules, dynamics: dynamics(Self.columns), marketo: marketo)

    let made = try await provisioning.carryOut(known: [])

    #expect(made == ["plan_c"])
    #expect(
      await marketo.definitions == [
        ObjectDefinition(
          Self.type, label: "Service plan", keyField: "crmKey",
          parent: ParentField("person", of: .person),
          fields: [
            Field("name", .text, label: "Name", length: 100),
            Field("kind", .text, label: "Kind", length: 255),
            Field("amount", .decimal, label: "Amount", scale: 2),
            Field("start", .date, label: "Start"),
          ])
      ])
  }

  @Test func `a column that is not there stops it before anything is made`() async throws {
    let marketo = DescribedService(.marketo)
    let provisioning = Provisioning(
      rules: Self.rules, dynamics: dynamics(Self.columns.dropLast()), marketo: marketo)

    let error = await #expect(throws: CommandError.self) {
      try await provisioning.carryOut(known: [])
    }

    #expect(
      error
        == CommandError(
          .stopped, "init: dynamics new_plan has no column new_leadid; nothing was made",
          mend: "look at entities.service_plan in dynsync.yaml"))
    #expect(await marketo.definitions == [])
  }

  @Test func `the activity of outcomes is made where it is asked for`() async throws {
    for logsActivities in [false, true] {
      var rules = Self.rules
      rules.logsActivities = logsActivities
      let provisioning = Provisioning(
        rules: rules, dynamics: dynamics(Self.columns), marketo: DescribedService(.marketo))

      let made = try await provisioning.carryOut(known: [])

      #expect(made == ["plan_c"] + (logsActivities ? ["outcomes"] : []))
    }
  }

  @Test func `somebody else behind the address gets nothing`() async throws {
    let ours = await DescribedService(.marketo).identify()
    let marketo = DescribedService(.marketo, organisation: "theirs")
    let provisioning = Provisioning(
      rules: Self.rules, dynamics: dynamics(Self.columns), marketo: marketo)

    let error = await #expect(throws: RunError.self) {
      try await provisioning.carryOut(known: [ours])
    }

    #expect(
      error
        == RunError(
          .otherPeer,
          "marketo: somebody else answers at marketo.example than when this database was made; "
            + "nothing was made",
          mend: "point the configuration at the right service, or use another database;"
            + " if it was replaced on purpose, 'dynsync adopt marketo'"))
    #expect(await marketo.definitions == [])
  }
}
