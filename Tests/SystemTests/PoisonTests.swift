import Foundation
import Store
import Testing
import Transport

/// A record that spoils every call which carries it, over HTTP: the others go on.
@Suite struct PoisonTests {
  typealias Street = SentenceStreet

  private static let listed =
    "SELECT entity, dynamics_id, side, kind, code, request_id <> '' FROM errors"

  @Test func `a batch that Dynamics refuses as a whole is split until one record stands alone`()
    async throws
  {
    try await Street.with { street in
      try await street.run()
      try await street.order(
        "settings",
        "dynamics_fail_next",
        [
          "status": 400, "code": "0x80060888", "match": "POST $batch", "body": "POISON",
          "count": 1000, "message": "The request is malformed.",
        ])
      let ids = try await street.moreLeads(9)
      try await street.run()
      for id in ids { try await street.editPerson(of: id, ["title": "Chief"]) }
      try await street.editPerson(of: ids[4], ["title": "POISON"])

      let report = try await street.run()

      #expect(report.errors == 1)
      #expect(
        try street.query(Self.listed)
          == [["lead", ids[4], "dynamics", "rejected", "0x80060888", "1"]])
      for id in ids where id != ids[4] {
        #expect(try await street.row("leads", id)?["jobtitle"] == "Chief")
      }
      // A batch of nine is found out in seven calls more.
      #expect(report.counts.dynamicsCalls < 60)

      try await street.editPerson(of: ids[4], ["title": "Chief"])
      #expect(try await street.run().isInStep)
    }
  }

  @Test func `a call that Marketo refuses as a whole is split until one record stands alone`()
    async throws
  {
    try await Street.with { street in
      try await street.run()
      let ids = try await street.moreLeads(9)
      try await street.run()
      try await street.order(
        "marketo/settings",
        "marketo_fail_next", ["code": 609, "path": "leads.json", "body": "POISON", "count": 1000])
      for id in ids {
        try await street.edit(
          "leads", id, ["jobtitle": id == ids[4] ? "POISON" : "Chief"])
      }

      let report = try await street.run()

      #expect(report.errors == 1)
      #expect(
        try street.query(Self.listed) == [["lead", ids[4], "marketo", "rejected", "609", "1"]])
      for id in ids where id != ids[4] {
        #expect(try await street.person(of: id)?["title"] == "Chief")
      }
      #expect(try await street.run().counts.operationsPlanned == 0)

      try await street.edit("leads", ids[4], ["jobtitle": "Chief"])
      #expect(try await street.run().isInStep)
    }
  }

  @Test func `a batch at which Dynamics breaks is not repeated, and its record is found out`()
    async throws
  {
    try await Street.with { street in
      try await street.run()
      let ids = try await street.moreLeads(3)
      try await street.run()
      try await street.order(
        "settings",
        "dynamics_fail_next",
        [
          "status": 500, "code": "0x80040216", "match": "POST $batch", "body": "POISON",
          "count": 1000,
        ])
      for id in ids {
        try await street.editPerson(of: id, ["title": id == ids[1] ? "POISON" : "Chief"])
      }

      var runs = 0
      // What is in doubt waits a second of real time for the service.
      while try street.query(Self.listed).isEmpty, runs < 300 {
        try await street.run()
        runs += 1
      }

      #expect(
        try street.query(Self.listed)
          == [["lead", ids[1], "dynamics", "rejected", "0x80040216", "1"]])
      for id in [ids[0], ids[2]] {
        #expect(try await street.row("leads", id)?["jobtitle"] == "Chief")
      }
      try await street.editPerson(of: ids[1], ["title": "Chief"])
      #expect(try await street.run().isInStep)
    }
  }
}

extension SentenceStreet {
  /// Makes leads in Dynamics and tells their ids.
  fileprivate func moreLeads(_ count: Int) async throws -> [String] {
    let ids = (0..<count).map { MeetingCast.id(500 + $0) }
    for (number, id) in ids.enumerated() {
      try await rig.dynamics.create(
        "leads",
        [
          "leadid": .string(id), "subject": "Fair", "lastname": .string("More\(number)"),
          "jobtitle": "Buyer", "emailaddress1": .string("more\(number)@acme.test"),
        ])
    }
    return ids
  }

  /// Turns a switch of the sandbox.
  fileprivate func order(_ path: String, _ name: String, _ value: JSON) async throws {
    let answer = try await rig.exchange.send(
      HTTPRequest(
        "POST", "\(rig.base)/sandbox/\(path)", body: JSON.object([name: value]).encoded()))
    guard answer.status == 200 else { throw APIError(answer) }
  }
}
