import Model
import Testing
import Transport

@testable import dynsync_cli

@Suite struct ConfigurationTests {
  @Test func `what the file leaves out has a default`() throws {
    let configuration = try SampleConfiguration.parse()

    #expect(
      configuration
        == Configuration(
          file: "dynsync.yaml", database: "dynsync.db",
          dynamics: DynamicsAccess(
            url: try ServiceAddress("https://orgacme.crm4.dynamics.com"),
            login: .clientCredentials(
              tenant: "acme.example", clientID: "app", clientSecret: Secret("d-secret")),
            serverTimeout: .seconds(180)),
          marketo: MarketoAccess(
            url: try ServiceAddress("https://123-ABC-456.mktorest.com"), clientID: "service",
            clientSecret: Secret("m-secret"), personKey: "dynamicsId", logActivities: false,
            serverTimeout: .seconds(120)),
          rules: SyncRules(entities: [
            EntityRule(
              .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
              pairs: [FieldPair("emailaddress1", "email"), FieldPair("jobtitle", "title")])
          ]),
          filters: [:], warnings: []))
  }

  @Test func `every key of the file is heard`() throws {
    let configuration = try Configuration.parse(
      """
      database: state/acme.db
      dynamics:
        url: https://orgacme.crm4.dynamics.com/
        auth: {flow: password, tenant: acme, client_id: app, username: sync@acme.example,
          password: ${PASSWORD}, token_url: https://login.acme.example/token}
        server_timeout: 4m
      marketo:
        url: https://123-ABC-456.mktorest.com
        client_id: service
        client_secret: pre${PASSWORD}post
        person_key: crmId
        partition: Europe
        log_activities: true
        server_timeout: 3m
      match: [key]
      merge: flag
      limits: {updates: {percent: 1, at_least: 2}, creates: {percent: 3, at_least: 4}, emptied: 5,
        deletes: 0}
      entities:
        contact:
          direction: to_marketo
          winner: marketo
          on_delete: keep
          filter: new_synctomarketo
          fields: [{dynamics: fax, marketo: fax, winner: non_empty}]
        lead:
          create: on_request
          fields: [{dynamics: fax, marketo: fax, direction: to_dynamics, winner: manual}]
      """, file: "/crm/dynsync.yaml", environment: ["PASSWORD": "p"])

    #expect(
      configuration
        == Configuration(
          file: "/crm/dynsync.yaml", database: "/crm/state/acme.db",
          dynamics: DynamicsAccess(
            url: try ServiceAddress("https://orgacme.crm4.dynamics.com"),
            login: .password(
              tenant: "acme", clientID: "app", clientSecret: nil, username: "sync@acme.example",
              password: Secret("p")),
            tokenURL: try ServiceAddress("https://login.acme.example/token"),
            serverTimeout: .seconds(240)),
          marketo: MarketoAccess(
            url: try ServiceAddress("https://123-abc-456.mktorest.com"), clientID: "service",
            clientSecret: Secret("preppost"), personKey: "crmId", partition: "Europe",
            logActivities: true, serverTimeout: .seconds(180)),
          rules: SyncRules(
            entities: [
              EntityRule(
                .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
                pairs: [
                  FieldPair("fax", "fax", direction: .toDynamics, winner: .manual)
                ]),
              EntityRule(
                .contact, dynamics: .contact, marketo: .person, direction: .toMarketo,
                winner: .marketo,
                pairs: [
                  FieldPair("fax", "fax", direction: .toMarketo, winner: .nonEmpty)
                ]),
            ], match: [.key],
            limits: Limits(
              updates: .init(percent: 1, atLeast: 2), creates: .init(percent: 3, atLeast: 4),
              emptied: 5, deletes: 0)),
          filters: [.contact: "new_synctomarketo"], warnings: []))
  }

  @Test func `an opt-out is won by true unless its pair says otherwise`() throws {
    let configuration = try SampleConfiguration.parse(
      SampleConfiguration.yaml + """
              - {dynamics: donotphone, marketo: doNotCall}
              - {dynamics: donotbulkemail, marketo: unsubscribed}
              - {dynamics: new_nocalls, marketo: doNotPhone}
              - {dynamics: donotfax, marketo: noFax, winner: dynamics}

        """)

    #expect(
      configuration.rules.entities[0].pairs.suffix(4) == [
        FieldPair("donotphone", "doNotCall", winner: .trueWins),
        FieldPair("donotbulkemail", "unsubscribed", winner: .trueWins),
        FieldPair("new_nocalls", "doNotPhone", winner: .trueWins),
        FieldPair("donotfax", "noFax", winner: .dynamics),
      ])
  }

  @Test func `one Dynamics field may feed several Marketo fields`() throws {
    let configuration = try SampleConfiguration.parse(
      SampleConfiguration.yaml + """
              - {dynamics: jobtitle, marketo: role, direction: to_marketo}

        """)

    #expect(
      configuration.rules.entities[0].pairs.last
        == FieldPair("jobtitle", "role", direction: .toMarketo))
  }

  @Test func `a configuration that is printed shows no secret`() throws {
    let configuration = try SampleConfiguration.parse()
    var dumped = ""

    dump(configuration, to: &dumped)

    #expect(!"\(configuration)\(dumped)".contains("-secret"))
  }
}
