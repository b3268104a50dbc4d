import Foundation
import Testing
import Transport

/// What happens to values that a side does not take, and to what waits.
@Suite struct SentenceRefusalTests {
  typealias Street = SentenceStreet

  @Test func `a value that Dynamics refuses is logged and stops nothing else`() async throws {
    try await Street.with { street in
      try await street.run()
      // A lead's mobile phone has 20 characters at most in Dynamics.
      let number = String(repeating: "5", count: 40)
      try await street.editPerson(
        of: Street.lead, ["mobilePhone": .string(number), "title": "Director"])
      try await street.editPerson(of: Street.contact, ["title": "Director"])

      let report = try await street.run()

      #expect(report.errors == 1)
      #expect(report.backlog == 0)
      #expect(try await street.row("leads", Street.lead)?["jobtitle"] == "Director")
      #expect(cell(try await street.row("leads", Street.lead)?["mobilephone"]) == nil)
      #expect(try await street.row("contacts", Street.contact)?["jobtitle"] == "Director")
      try street.expectRefusal(
        "lead", Street.lead, side: "dynamics", field: "mobilephone__mobilePhone", value: number,
        saying: "mobilephone")
      #expect(try await street.run().counts.operationsPlanned == 0)

      try await street.editPerson(of: Street.lead, ["mobilePhone": "555"])
      #expect(try await street.run().isInStep)
      #expect(try await street.row("leads", Street.lead)?["mobilephone"] == "555")
    }
  }

  @Test func `a value that Marketo refuses is logged and stops nothing else`() async throws {
    try await Street.with { text in
      // A subject has 300 characters in Dynamics, a title 255 in Marketo.
      text.replacing(
        "fax, marketo: fax}", with: "subject, marketo: department}", maxReplacements: 1)
    } _: { street in
      try await street.run()
      let subject = String(repeating: "s", count: 300)
      try await street.edit("leads", Street.lead, ["subject": .string(subject), "jobtitle": "CTO"])
      try await street.edit("contacts", Street.contact, ["jobtitle": "CTO"])

      let report = try await street.run()

      #expect(report.errors == 1)
      #expect(report.backlog == 0)
      #expect(try await street.person(of: Street.lead)?["title"] == "CTO")
      #expect(try await street.person(of: Street.contact)?["title"] == "CTO")
      try street.expectRefusal(
        "lead", Street.lead, side: "marketo", field: "subject__department", value: subject,
        saying: "Invalid value")
      #expect(try await street.run().counts.operationsPlanned == 0)

      try await street.edit("leads", Street.lead, ["subject": "Fair"])
      #expect(try await street.run().isInStep)
    }
  }

  @Test func `a record whose owner cannot sync waits with the reason, and its fields go on`()
    async throws
  {
    try await Street.with { street in
      // Two values that Marketo refuses alike: it cannot be told which of them is to blame.
      let name = JSON.string(String(repeating: "n", count: 256))
      try await street.edit("systemusers", Street.otherUser, ["firstname": name, "lastname": name])
      try await street.edit(
        "leads", Street.lead, ["ownerid": .string("/systemusers(\(Street.otherUser))")])

      let report = try await street.run()

      #expect(report.errors == 1)
      #expect(report.backlog == 1)
      let waiting: [[String?]] = [
        ["lead", Street.lead, "waiting for user \(Street.otherUser) (owner)"]
      ]
      #expect(try street.query("SELECT entity, dynamics_id, reason FROM backlog") == waiting)
      #expect(cell(try await street.person(of: Street.lead)?["externalSalesPersonId"]) == nil)
      try await street.edit("leads", Street.lead, ["jobtitle": "CTO"])
      try await street.editPerson(of: Street.lead, ["phone": "555"])
      try await street.run()
      #expect(try await street.person(of: Street.lead)?["title"] == "CTO")
      #expect(try await street.row("leads", Street.lead)?["telephone1"] == "555")
      #expect(try street.query("SELECT entity, dynamics_id, reason FROM backlog") == waiting)

      try await street.edit("systemusers", Street.otherUser, ["firstname": "Eva", "lastname": "E"])
      #expect(try await street.run().isInStep)
      #expect(
        try await street.person(of: Street.lead)?["externalSalesPersonId"]
          == .string(Street.otherUser))
    }
  }
}

extension SentenceStreet {
  /// The refusal stands in the log and on the error list, with the service's words.
  fileprivate func expectRefusal(
    _ entity: String, _ id: String, side: String, field: String, value: String,
    saying words: String
  ) throws {
    let logged = try query(
      """
      SELECT entity, dynamics_id, side, field, written_value FROM activity_log
      WHERE action = 'rejected' AND error_code <> '' AND request_id <> ''
        AND message LIKE '%\(words)%'
      """)
    #expect(logged == [[entity, id, side, field, value]])
    let listed = try query(
      """
      SELECT entity, dynamics_id, side, field, kind FROM errors
      WHERE code <> '' AND request_id <> '' AND message LIKE '%\(words)%'
      """)
    #expect(listed == [[entity, id, side, field, "rejected"]])
  }
}
