import Testing

@testable import Sandbox

@Suite struct MarketoCustomActivities {
  private static let path = "/rest/v1/activities/external"
  private static let type = "\(path)/type/crmTask"
  private typealias Shared = MarketoOpportunities

  /// Makes the type of the vendor's page, and leaves it a draft.
  @discardableResult
  private static func draft(_ bench: MarketoBench, _ name: String = "crmTask") async throws
    -> String
  {
    try await bench.post(
      "\(path)/type.json",
      #"{"apiName":"\#(name)","name":"CRM Task","triggerName":"Has CRM Task","#
        + #""filterName":"Had CRM Task","description":"Task logged by sales","#
        + #""primaryAttribute":{"apiName":"subject","name":"Subject"}}"#)
  }

  /// Adds two attributes and approves.
  private static func approve(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "\(type)/attributes/create.json",
      #"{"attributes":[{"apiName":"dueAt","name":"Due At","dataType":"datetime"},"#
        + #"{"apiName":"ownerId","name":"Owner Id","dataType":"string"}]}"#)
    _ = try await bench.post("\(type)/approve.json", "")
  }

  private static func person(_ bench: MarketoBench) async throws {
    _ = try await bench.post("/rest/v1/leads.json", #"{"input":[{"email":"ines@acme.test"}]}"#)
  }

  @Test func `a draft becomes a type, which the list of all kinds names`() async throws {
    try await MarketoBench.run { bench in
      let made = try await Self.draft(bench)
      let early = try await bench.get("/rest/v1/activities/types.json")
      try await Self.approve(bench)
      let type = try await bench.get("\(Self.type)/describe.json")
      let types = try await bench.get("/rest/v1/activities/types.json")
      #expect(
        made
          == Shared.result(
            #"{"apiName":"crmTask","name":"CRM Task","description":"Task logged by sales","#
              + #""triggerName":"Has CRM Task","filterName":"Had CRM Task","status":"draft","#
              + #""primaryAttribute":{"apiName":"subject","name":"Subject","dataType":"string"}}"#))
      #expect(!early.contains("crmTask"))
      #expect(
        type
          == Shared.result(
            #"{"id":101001,"apiName":"crmTask","name":"CRM Task","#
              + #""description":"Task logged by sales","triggerName":"Has CRM Task","#
              + #""filterName":"Had CRM Task","status":"approved","#
              + #""primaryAttribute":{"apiName":"subject","name":"Subject","dataType":"string"},"#
              + #""attributes":[{"apiName":"dueAt","name":"Due At","dataType":"datetime"},"#
              + #"{"apiName":"ownerId","name":"Owner Id","dataType":"string"}],"#
              + #""createdAt":"2026-11-20T08:00:00Z","updatedAt":"2026-11-20T08:00:00Z"}"#))
      #expect(
        types.contains(
          #"{"id":101001,"name":"CRM Task","description":"Task logged by sales","#
            + #""apiName":"crmTask","#))
    }
  }

  @Test func `activities are added each time that they are sent, and are read back`() async throws {
    try await MarketoBench.run { bench in
      try await Self.person(bench)
      try await Self.draft(bench)
      try await Self.approve(bench)
      let body =
        #"{"input":[{"leadId":7001,"activityDate":"2026-11-20T07:00:00Z","#
        + #""activityTypeId":101001,"primaryAttributeValue":"Call back Ines","attributes":["#
        + #"{"apiName":"dueAt","value":"2026-11-21T09:00:00Z"},{"name":"Owner Id","value":"u-77"}"#
        + #"]}]}"#
      let first = try await bench.post("\(Self.path).json", body)
      let second = try await bench.post("\(Self.path).json", body)
      #expect(first.contains(#""marketoGUID":"88"#))
      #expect(first.contains(#""status":"added""#))
      #expect(second.contains(#""status":"added""#))
      let line = "101001 7001 Call back Ines | Due At=2026-11-21T09:00:00Z | Owner Id=u-77"
      #expect(try await bench.log("101001") == [line, line])
    }
  }

  @Test(arguments: [
    (#""leadId":999999"#, #""leadId":7001"#, 1004, "Lead not found"),
    (
      #""activityDate":"today""#, #""activityDate":"2026-11-20T07:00:00Z""#, 1001,
      "Invalid value 'today'. Required of type 'datetime'"
    ),
    (
      #""activityTypeId":12"#, #""activityTypeId":101001"#, 1003, "Invalid activityTypeId '12'"
    ),
    (
      #""primaryAttributeValue":"""#, #""primaryAttributeValue":"x""#, 1002,
      "Missing value for the required parameter 'primaryAttributeValue'"
    ),
    (
      #""attributes":[{"apiName":"odd","value":"1"}]"#, #""attributes":[]"#, 1006,
      "Field 'odd' not found"
    ),
  ])
  func `an activity that cannot be added is skipped with errors, and the others are added`(
    wrong: String, right: String, code: Int, message: String
  ) async throws {
    try await MarketoBench.run { bench in
      try await Self.person(bench)
      try await Self.draft(bench)
      try await Self.approve(bench)
      let good =
        #"{"leadId":7001,"activityDate":"2026-11-20T07:00:00Z","activityTypeId":101001,"#
        + #""primaryAttributeValue":"x","attributes":[]}"#
      let bad = good.replacing(right, with: wrong)
      let answer = try await bench.post("\(Self.path).json", #"{"input":[\#(bad),\#(good)]}"#)
      #expect(
        answer.contains(
          #"[{"status":"skipped","errors":[{"code":"\#(code)","message":"\#(message)"}]},{"id":"#))
      #expect(try await bench.log("101001").count == 1)
    }
  }

  @Test func `a type that is not approved takes nothing`() async throws {
    try await MarketoBench.run { bench in
      try await Self.person(bench)
      try await Self.draft(bench)
      let answer = try await bench.post(
        "\(Self.path).json",
        #"{"input":[{"leadId":7001,"activityDate":"2026-11-20T07:00:00Z","#
          + #""activityTypeId":101001,"primaryAttributeValue":"x","attributes":[]}]}"#)
      #expect(answer.contains(#""code":"1003""#))
    }
  }

  @Test func `limits of types, attributes, records and bytes hold`() async throws {
    try await MarketoBench.run { bench in
      try await Self.person(bench)
      try await Self.draft(bench)
      #expect(try await Self.draft(bench) == Shared.failure(1017, "Object already exists"))
      for number in 2...10 { try await Self.draft(bench, "type\(number)") }
      #expect(
        try await Self.draft(bench, "type11")
          == Shared.failure(1027, "Custom activity type limit reached"))
      let attributes = (1...21).map {
        #"{"apiName":"a\#($0)","name":"A\#($0)","dataType":"text"}"#
      }
      func add(_ texts: some Collection<String>) async throws -> String {
        try await bench.post(
          "\(Self.type)/attributes/create.json",
          #"{"attributes":[\#(texts.joined(separator: ","))]}"#)
      }
      #expect(
        try await add(attributes) == Shared.failure(1028, "Custom activity attribute limit reached")
      )
      #expect(try await add(attributes.dropLast()).contains(#""success":true"#))
      _ = try await bench.post("\(Self.type)/approve.json", "")
      func record(_ text: String) -> String {
        #"{"leadId":7001,"activityDate":"2026-11-20T07:00:00Z","activityTypeId":101001,"#
          + #""primaryAttributeValue":"x","attributes":[{"apiName":"a1","value":"\#(text)"}]}"#
      }
      let long = String(repeating: "x", count: 65_536)
      let tooLong = try await bench.post("\(Self.path).json", #"{"input":[\#(record(long))]}"#)
      #expect(tooLong.contains(#""code":"1049""#))
      let many = Array(repeating: record("y"), count: 301).joined(separator: ",")
      let tooMany = try await bench.post("\(Self.path).json", #"{"input":[\#(many)]}"#)
      #expect(tooMany.contains(#""code":"1003""#))
    }
  }

  @Test func `an approved type keeps its names; attributes change by a draft`() async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      #expect(
        try await bench.post("\(Self.type)/discardDraft.json", "")
          == Shared.failure(1048, "Discard draft failed"))
      try await Self.approve(bench)
      #expect(
        try await bench.post("\(Self.type).json", #"{"name":"Other"}"#)
          == Shared.failure(1003, "The names of an approved type cannot be changed"))
      #expect(
        try await bench.post("\(Self.type)/approve.json", "")
          == Shared.failure(1003, "There is no draft to approve"))
      let removed = try await bench.post(
        "\(Self.type)/attributes/delete.json", #"{"attributes":[{"apiName":"dueAt"}]}"#)
      #expect(removed.contains(#""status":"approved with draft""#))
      #expect(try await bench.get("\(Self.type)/describe.json").contains("dueAt"))
      #expect(try await !bench.get("\(Self.type)/describe.json?draft=true").contains("dueAt"))
      let back = try await bench.post("\(Self.type)/discardDraft.json", "")
      #expect(back.contains("dueAt"))
      #expect(try await bench.post("\(Self.type)/delete.json", "").contains(#""success":true"#))
      #expect(
        try await bench.get("\(Self.type)/describe.json")
          == Shared.failure(1013, "Activity type not found"))
    }
  }

  @Test(arguments: [
    ("\(path).json", "Read-Write Activity"), ("\(path)/type.json", "Read-Write Activity Metadata"),
  ])
  func `a right that is missing is 603`(path: String, permission: String) async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_denied_permissions":"\#(permission)"}"#)
      #expect(try await bench.post(path, "{}") == Shared.failure(603, "Access denied"))
    }
  }

  @Test func `a lost answer leaves the activity in the log`() async throws {
    try await MarketoBench.run { bench in
      try await Self.person(bench)
      try await Self.draft(bench)
      try await Self.approve(bench)
      try await bench.set(#"{"marketo_lose_answer_after_write":1}"#)
      let answer = try await bench.post(
        "\(Self.path).json",
        #"{"input":[{"leadId":7001,"activityDate":"2026-11-20T07:00:00Z","#
          + #""activityTypeId":101001,"primaryAttributeValue":"x","attributes":[]}]}"#)
      #expect(!answer.contains("success"))
      #expect(try await bench.log("101001") == ["101001 7001 x"])
    }
  }
}
