import Dynamics
import Logging
import Marketo
import Model
import Store
import Sync
import Testing
import Transport

@testable import dynsync_cli

/// What runs leave each other of the services' metadata, over HTTP.
@Suite struct KeptMetadataTests {
  typealias Street = SentenceStreet

  @Test func `a run without changes asks for no metadata`() async throws {
    try await Street.with { street in
      try await street.rig.provision()
      let line = AlteredExchange(street.rig.exchange)
      while try await street.run(through: line).counts.recordsChanged > 0 {}
      _ = line.taken()

      let report = try await street.run(through: line)

      #expect(report.isInStep)
      #expect(
        line.taken() == [
          "GET WhoAmI", "GET accounts", "GET activities.json", "GET connectionroles",
          "GET connections", "GET contacts", "GET deletedleads.json", "GET leads",
          "GET new_subscriptions", "GET opportunities", "GET pagingtoken.json", "GET systemusers",
          "GET teams", "POST token", "POST token", "POST token",
        ])
      #expect(report.counts.marketoCalls == 3)
    }
  }

  @Test func `a column that was removed within the day stops, and the others go on`() async throws {
    try await Street.with { street in
      try await street.rig.provision()
      let line = AlteredExchange(street.rig.exchange)
      while try await street.run(through: line).counts.recordsChanged > 0 {}
      line.alter { request, answer in
        guard request.url.contains("/leads?"), request.url.contains("fax") else {
          return answer.replacing(#""LogicalName":"fax""#, with: #""LogicalName":"gone""#)
        }
        return HTTPResponse(
          status: 400, headers: [.init("Content-Type", "application/json")],
          body: Array(
            (#"{"error":{"code":"0x80060888","message":"Could not find a property named 'fax' on "#
              + #"type 'Microsoft.Dynamics.CRM.lead'."}}"#).utf8))
      }
      try await street.edit("leads", Street.lead, ["jobtitle": "Director"])

      try await street.run(through: line)

      #expect(try await street.person(of: Street.lead)?["title"] == "Director")
      let stopped = """
        SELECT is_selected FROM selected_field WHERE object = 'dynamics_lead' AND field = 'fax'
        """
      #expect(try street.query(stopped) == [["0"]])
      _ = line.taken()
      try await street.run(through: line)
      #expect(line.taken().contains("GET EntityDefinitions"), "it may be back")
      line.alter(nil)
      try await street.run(through: line)
      #expect(try street.query(stopped) == [["1"]])
    }
  }

  @Test func `an option that came within the day is known to the next run`() async throws {
    try await Street.with { street in
      try await street.rig.provision()
      let line = AlteredExchange(street.rig.exchange)
      line.alter { _, answer in answer.replacing("Word of Mouth", with: "Hearsay") }
      while try await street.run(through: line).counts.recordsChanged > 0 {}
      line.alter(nil)
      try await street.editPerson(of: Street.lead, ["leadSource": "Word of Mouth"])

      let report = try await street.run(through: line)

      #expect(report.isInStep)
      #expect(try await street.row("leads", Street.lead)?["leadsourcecode"] == 9)
    }
  }
}

extension SentenceStreet {
  /// A run whose calls go through `line`, and whose metadata stays in the database.
  @discardableResult
  fileprivate func run(through line: AlteredExchange) async throws -> RunReport {
    let configuration = try rig.configuration()
    let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let dynamics = DynamicsConnector(
      settings: try configuration.dynamicsSettings, exchange: line, meter: CallMeter(),
      now: RunWiring.now, clock: ContinuousClock(), log: silence, cache: store)
    let marketo = MarketoConnector(
      settings: try configuration.marketoSettings, exchange: line, meter: CallMeter(),
      now: RunWiring.now, clock: ContinuousClock(), log: silence, cache: store)
    let engine = Engine(
      store: store, rules: configuration.wholeRules, dynamics: dynamics, marketo: marketo,
      version: "test", log: silence, now: RunWiring.now)
    return try await engine.run { _ in 0 }
  }
}
