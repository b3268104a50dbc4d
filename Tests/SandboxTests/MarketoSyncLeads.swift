import Testing

@testable import Sandbox

@Suite struct MarketoSyncLeads {
  private static let leads = "/rest/v1/leads.json"

  private static func skipped(_ code: Int, _ message: String) -> String {
    #"{"status":"skipped","reasons":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  private static func result(_ items: String...) -> String {
    #"{"result":[\#(items.joined(separator: ","))],"success":true}"#
  }

  private static func failure(_ code: Int, _ message: String) -> String {
    #"{"success":false,"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  private static func prepare(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "/rest/v1/leads/schema/fields.json",
      #"{"input":[{"displayName":"Key","name":"dynamicsId","dataType":"string"},"#
        + #"{"displayName":"Visited","name":"visitedAt","dataType":"datetime"}]}"#)
    let made = try await bench.post(
      leads,
      #"{"action":"createDuplicate","input":[{"email":"ines@acme.test","dynamicsId":"a"},"#
        + #"{"email":"two@acme.test"},{"email":"two@acme.test"}]}"#)
    #expect(
      made
        == result(
          #"{"id":7001,"status":"created"}"#, #"{"id":7002,"status":"created"}"#,
          #"{"id":7003,"status":"created"}"#))
  }

  @Test func `each action treats a known, an unknown and an ambiguous key in its way`()
    async throws
  {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      func sync(_ action: String, _ fresh: String) async throws -> String {
        try await bench.post(
          Self.leads,
          #"{"action":"\#(action)","input":[{"email":"INES@acme.test"},"#
            + #"{"email":"\#(fresh)"},{"email":"two@acme.test"}]}"#)
      }
      let several = Self.skipped(1007, "Multiple lead match lookup criteria")
      let exists = Self.skipped(1005, "Lead already exists")
      #expect(
        try await sync("createOrUpdate", "new1@acme.test")
          == Self.result(
            #"{"id":7001,"status":"updated"}"#, #"{"id":7004,"status":"created"}"#, several))
      #expect(
        try await sync("createOnly", "new2@acme.test")
          == Self.result(exists, #"{"id":7005,"status":"created"}"#, exists))
      #expect(
        try await sync("updateOnly", "new3@acme.test")
          == Self.result(
            #"{"id":7001,"status":"updated"}"#, Self.skipped(1004, "Lead not found"), several))
      #expect(
        try await sync("createDuplicate", "new4@acme.test")
          == Self.result(
            #"{"id":7006,"status":"created"}"#, #"{"id":7007,"status":"created"}"#,
            #"{"id":7008,"status":"created"}"#))
    }
  }

  @Test func `a key of one's own creates once and then updates, also inside one call`()
    async throws
  {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.post(
        Self.leads,
        #"{"lookupField":"dynamicsId","partitionName":"Default","input":["#
          + #"{"dynamicsId":"A","firstName":"Ines"},{"dynamicsId":"b","firstName":"Bo"},"#
          + #"{"dynamicsId":"B","lastName":"Dorn"},{"firstName":"Nobody"}]}"#)
      let read = try await bench.get(
        "\(Self.leads)?filterType=dynamicsId&filterValues=a,b&fields=dynamicsId,mktoName")
      #expect(
        answer
          == Self.result(
            #"{"id":7001,"status":"updated"}"#, #"{"id":7004,"status":"created"}"#,
            #"{"id":7004,"status":"updated"}"#,
            Self.skipped(1003, "Value for lookup field 'dynamicsId' not found")))
      #expect(
        read
          == Self.result(
            #"{"id":7001,"dynamicsId":"A","mktoName":"Ines"}"#,
            #"{"id":7004,"dynamicsId":"B","mktoName":"Bo Dorn"}"#))
    }
  }

  @Test(arguments: [
    (#"{"id":7001,"shoe":1}"#, skipped(1006, "Field 'shoe' not found")),
    (#"{"id":7001,"createdAt":"2026-01-01"}"#, skipped(1006, "Field 'createdAt' not found")),
    (
      #"{"id":7001,"leadPartitionId":2}"#, skipped(1006, "Field 'leadPartitionId' not found")
    ),
    (
      #"{"id":7001,"leadScore":"many"}"#,
      skipped(1001, "Invalid value 'many'. Required of type 'integer'")
    ),
    (
      #"{"id":7001,"unsubscribed":"perhaps"}"#,
      skipped(1001, "Invalid value 'perhaps'. Required of type 'boolean'")
    ),
    (
      #"{"id":7001,"dateOfBirth":"2026-02-30"}"#,
      skipped(1001, "Invalid value '2026-02-30'. Required of type 'date'")
    ),
    (
      #"{"id":7001,"visitedAt":"2026-02-03T10:00:00"}"#,
      skipped(1001, "Invalid value '2026-02-03T10:00:00'. Required of type 'datetime'")
    ),
    (
      #"{"id":7001,"email":"jörg@acme.test"}"#,
      skipped(1001, "Invalid value 'jörg@acme.test'. Required of type 'email'")
    ),
    (
      #"{"id":7001,"priority":4000000000}"#,
      skipped(1001, "Invalid value '4000000000'. Required of type 'integer'")
    ),
    (
      #"{"id":7001,"title":["a"]}"#,
      skipped(1001, #"Invalid value '[\"a\"]'. Required of type 'string'"#)
    ),
    (
      #"{"id":7001,"leadRole":"\#(String(repeating: "x", count: 51))"}"#,
      skipped(
        1001,
        "Invalid value '\(String(repeating: "x", count: 51))'. Required of type 'string(50)'")
    ),
    (
      #"{"id":7001,"externalCompanyId":"none"}"#, skipped(1013, "Company 'none' not found")
    ),
    (
      #"{"id":7001,"externalSalesPersonId":"none"}"#,
      skipped(1013, "Sales person 'none' not found")
    ),
    (#"{"id":9}"#, skipped(1004, "Lead not found")),
    (#"{"id":"x"}"#, skipped(1001, "Invalid value 'x'. Required of type 'integer'")),
    ("7", skipped(1003, "Value for lookup field 'id' not found")),
  ])
  func `a record that cannot be written is skipped with its reason`(
    record: String, expected: String
  ) async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.post(
        Self.leads,
        #"{"action":"updateOnly","lookupField":"id","input":[\#(record),"#
          + #"{"id":7002,"title":"Buyer"}]}"#)
      #expect(answer == Self.result(expected, #"{"id":7002,"status":"updated"}"#))
    }
  }

  @Test(arguments: [
    (#""action":"upsert""#, failure(1003, "Invalid action 'upsert'")),
    (#""lookupField":"shoe""#, failure(1006, "Lookup field 'shoe' not found")),
    (#""lookupField":"createdAt""#, failure(1011, "Lookup field 'createdAt' not supported")),
    (
      #""lookupField":"id""#,
      failure(1003, "Lookup field 'id' is not supported with action 'createOrUpdate'")
    ),
    (
      #""action":"updateOnly","partitionName":"Default""#,
      failure(1003, "partitionName is not supported with action 'updateOnly'")
    ),
  ])
  func `a call that asks for what there is not is refused whole`(
    part: String, expected: String
  ) async throws {
    try await MarketoBench.run { bench in
      let answer = try await bench.post(
        Self.leads, #"{\#(part),"input":[{"email":"a@b.test"}]}"#)
      #expect(answer == expected)
    }
  }

  @Test func `values are kept in the form in which they are read back`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post(
        Self.leads,
        #"{"action":"updateOnly","lookupField":"id","input":[{"id":7001,"#
          + #""visitedAt":"2026-03-04T17:06:07.123+02:00","dateOfBirth":"1990-02-28","#
          + #""annualRevenue":"1.2E+6","urgency":0.50,"leadScore":"12","title":"","#
          + #""doNotCall":1,"phone":5551234,"firstName":"  Zoë \"Z\" \ud83d\ude00"}]}"#)
      let read = try await bench.get(
        "/rest/v1/lead/7001.json?fields=visitedAt,dateOfBirth,annualRevenue,urgency,leadScore,"
          + "title,doNotCall,phone,firstName")
      #expect(
        read
          == Self.result(
            #"{"id":7001,"visitedAt":"2026-03-04T15:06:07Z","dateOfBirth":"1990-02-28","#
              + #""annualRevenue":1200000,"urgency":0.5,"leadScore":12,"title":null,"#
              + #""doNotCall":true,"phone":"5551234","firstName":"  Zoë \"Z\" 😀"}"#))
    }
  }

  @Test func `null and empty text clear, and a missing field is left alone`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      func write(_ record: String) async throws {
        _ = try await bench.post(
          Self.leads, #"{"action":"updateOnly","lookupField":"id","input":[\#(record)]}"#)
      }
      try await write(#"{"id":7001,"title":"Buyer","city":"Graz","country":"Austria"}"#)
      try await write(#"{"id":7001,"title":null,"city":""}"#)
      let read = try await bench.get("/rest/v1/lead/7001.json?fields=title,city,country")
      #expect(
        read == Self.result(#"{"id":7001,"title":null,"city":null,"country":"Austria"}"#))
    }
  }

  @Test func `overlong text is cut where the switch says so`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await bench.set(#"{"marketo_cut_overlong":true}"#)
      let long = String(repeating: "x", count: 60)
      let answer = try await bench.post(
        Self.leads,
        #"{"action":"updateOnly","lookupField":"id","input":[{"id":7001,"leadRole":"\#(long)"}]}"#
      )
      let read = try await bench.get("/rest/v1/lead/7001.json?fields=leadRole")
      #expect(answer == Self.result(#"{"id":7001,"status":"updated"}"#))
      #expect(read == Self.result(#"{"id":7001,"leadRole":"\#(long.prefix(50))"}"#))
    }
  }

  @Test func `a partition is chosen at creation and changed by its own call`() async throws {
    try await MarketoBench.run { bench in
      let target = "/rest/v1/leads/partitions.json"
      func create(_ partition: String) async throws -> String {
        try await bench.post(
          Self.leads, #"{"partitionName":"\#(partition)","input":[{"email":"a@b.test"}]}"#)
      }
      #expect(
        try await create("Moon")
          == Self.result(Self.skipped(1008, "Access denied to partition 'Moon'")))
      #expect(try await create("europe") == Self.result(#"{"id":7001,"status":"created"}"#))
      #expect(
        try await create("Default")
          == Self.result(Self.skipped(1010, "Partition update not allowed")))
      let moved = try await bench.post(
        target,
        #"{"input":[{"id":7001,"partitionName":"Default"},{"id":9,"partitionName":"Default"},"#
          + #"{"id":7001}]}"#)
      #expect(
        moved
          == Self.result(
            #"{"id":7001,"status":"updated"}"#,
            #"{"id":9,"status":"skipped","reasons":[{"code":"1004","message":"Lead not found"}]}"#,
            #"{"id":7001,"status":"skipped","reasons":"#
              + #"[{"code":"1009","message":"Partition name must be specified"}]}"#))
      #expect(
        try await bench.get(target)
          == Self.result(
            #"{"id":1,"name":"Default","description":"Initial partition"}"#,
            #"{"id":2,"name":"Europe"}"#))
      #expect(try await create("Default") == Self.result(#"{"id":7001,"status":"updated"}"#))
    }
  }

  @Test func `the visible date of change moves for standard fields alone`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      func write(_ record: String) async throws -> String {
        bench.clock.advance(60)
        _ = try await bench.post(
          Self.leads, #"{"action":"updateOnly","lookupField":"id","input":[\#(record)]}"#)
        return try await bench.get("/rest/v1/lead/7001.json?fields=updatedAt")
      }
      func at(_ time: String) -> String { Self.result(#"{"id":7001,"updatedAt":"\#(time)"}"#) }
      #expect(
        try await write(#"{"id":7001,"dynamicsId":"z"}"#) == at("2026-11-20T08:00:00Z"))
      #expect(try await write(#"{"id":7001,"title":"Buyer"}"#) == at("2026-11-20T08:02:00Z"))
      #expect(try await write(#"{"id":7001,"title":"Buyer"}"#) == at("2026-11-20T08:02:00Z"))
    }
  }
}
