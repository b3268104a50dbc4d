import Testing

@testable import Sandbox

@Suite struct MarketoCustomTypes {
  static let schema = "/rest/v1/customobjects/schema"
  private typealias Shared = MarketoOpportunities

  static let done = #"{"result":[],"success":true}"#

  /// Makes a type with a key, a link to persons and a plain field, and leaves it a draft.
  static func draft(_ bench: MarketoBench, _ name: String = "subscription_c") async throws {
    let made = try await bench.post(
      "\(schema).json",
      #"{"action":"createOnly","apiName":"\#(name)","displayName":"Subscription","#
        + #""pluralName":"Subscriptions","description":"What was bought"}"#)
    let added = try await bench.post(
      "\(schema)/\(name)/addField.json",
      #"{"input":[{"name":"crmId","displayName":"CRM Id","dataType":"string","#
        + #""isDedupeField":true},"#
        + #"{"name":"leadID","displayName":"Lead ID","dataType":"link","#
        + #""relatedTo":{"name":"lead","field":"id"}},"#
        + #"{"name":"fee","displayName":"Fee","dataType":"currency"}]}"#)
    #expect([made, added] == [done, done])
  }

  static func approve(_ bench: MarketoBench, _ name: String = "subscription_c") async throws {
    #expect(try await bench.post("\(schema)/\(name)/approve.json", "") == done)
  }

  private static func describe(
    _ bench: MarketoBench, _ query: String = ""
  ) async throws -> MarketoJSON? {
    let answer = try await bench.get("\(schema)/subscription_c/describe.json\(query)")
    return MarketoJSON(reading: answer)?["result"]?.elements?.first
  }

  @Test func `a draft becomes a type that holds records`() async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      let draft = try await Self.describe(bench)
      let early = try await bench.get("/rest/v1/customobjects/subscription_c/describe.json")
      try await Self.approve(bench)
      let approved = try await Self.describe(bench)
      let object = try await bench.get("/rest/v1/customobjects/subscription_c/describe.json")
      #expect(draft?.jsonText == Self.draftText)
      #expect(early == Shared.failure(1013, "Object not found"))
      #expect(approved?["state"] == .string("approved"))
      #expect(approved?["idField"] == .string("marketoGUID"))
      #expect(
        approved?["fields"]?.elements?.first { $0["name"] == .string("leadID") }?["dataType"]
          == .string("integer"))
      #expect(object == Self.objectText)
    }
  }

  private static let draftText = MarketoBench.unfolded(
    #"""
    {"state":"draft","version":"draft","apiName":"subscription_c",
    "displayName":"Subscription","pluralName":"Subscriptions",
    "description":"What was bought","showInLeadDetail":false,
    "createdAt":"2026-11-20T08:00:00Z","updatedAt":"2026-11-20T08:00:00Z",
    "idField":null,"dedupeFields":["crmId"],"searchableFields":[["crmId"]],
    "relationships":[{"field":"leadID","type":"child","relatedTo":{"name":"Lead","field":"Id"}}],
    "fields":[{"name":"createdAt","displayName":"Created At","dataType":"datetime",
    "updateable":false,"crmManaged":false},
    {"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,
    "updateable":false,"crmManaged":false},
    {"name":"updatedAt","displayName":"Updated At","dataType":"datetime",
    "updateable":false,"crmManaged":false},
    {"name":"crmId","displayName":"CRM Id","dataType":"string","length":255,
    "updateable":false,"crmManaged":false},
    {"name":"leadID","displayName":"Lead ID","dataType":"link",
    "updateable":true,"crmManaged":false},
    {"name":"fee","displayName":"Fee","dataType":"currency",
    "updateable":true,"crmManaged":false}]}
    """#)

  private static let objectText = MarketoBench.unfolded(
    #"""
    {"result":[{"name":"subscription_c","displayName":"Subscription",
    "description":"What was bought","createdAt":"2026-11-20T08:00:00Z",
    "updatedAt":"2026-11-20T08:00:00Z","idField":"marketoGUID","dedupeFields":["crmId"],
    "searchableFields":[["crmId"],["marketoGUID"],["leadID"]],
    "relationships":[{"field":"leadID","type":"child","relatedTo":{"name":"Lead","field":"Id"}}],
    "fields":[{"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,
    "updateable":false,"crmManaged":false},
    {"name":"crmId","displayName":"CRM Id","dataType":"string","length":255,
    "updateable":false,"crmManaged":false},
    {"name":"leadID","displayName":"Lead ID","dataType":"integer",
    "updateable":true,"crmManaged":false},
    {"name":"fee","displayName":"Fee","dataType":"currency",
    "updateable":true,"crmManaged":false},
    {"name":"createdAt","displayName":"Created At","dataType":"datetime",
    "updateable":false,"crmManaged":false},
    {"name":"updatedAt","displayName":"Updated At","dataType":"datetime",
    "updateable":false,"crmManaged":false}]}],"success":true}
    """#)

  @Test func `a fresh subscription has no custom objects`() async throws {
    try await MarketoBench.run { bench in
      #expect(try await bench.get("\(Self.schema).json") == Self.done)
      #expect(try await bench.get("/rest/v1/customobjects.json") == Self.done)
      try await Self.draft(bench)
      #expect(try await bench.get("/rest/v1/customobjects.json") == Self.done)
      try await Self.approve(bench)
      let list = try await bench.get("/rest/v1/customobjects.json?names=subscription_c,other_c")
      #expect(
        MarketoJSON(reading: list)?["result"]?.elements?.map { $0["name"]?.text }
          == ["subscription_c"])
    }
  }

  @Test func `a change makes a draft, which can be thrown away or approved`() async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      try await Self.approve(bench)
      func states() async throws -> [String?] {
        var states: [String?] = []
        for query in ["", "?state=draft"] {
          let type = try await Self.describe(bench, query)
          states.append(type.map { "\($0["state"]?.text ?? "") \($0["version"]?.text ?? "")" })
        }
        return states
      }
      func add() async throws {
        _ = try await bench.post(
          "\(Self.schema)/subscription_c/addField.json",
          #"{"input":[{"name":"seats","displayName":"Seats","dataType":"integer"}]}"#)
      }
      let path = "\(Self.schema)/subscription_c"
      #expect(try await states() == ["approved approved", nil])
      try await add()
      #expect(try await states() == ["approvedWithDraft approved", "approvedWithDraft draft"])
      #expect(try await bench.post("\(path)/discardDraft.json", "") == Self.done)
      #expect(try await states() == ["approved approved", nil])
      #expect(
        try await bench.post("\(path)/discardDraft.json", "")
          == Shared.failure(1048, "Discard draft failed"))
      try await add()
      try await Self.approve(bench)
      #expect(
        try await bench.post("\(path)/approve.json", "")
          == Shared.failure(1003, "There is no draft to approve"))
      let written = try await bench.post(
        "/rest/v1/customobjects/subscription_c.json", #"{"input":[{"crmId":"s","seats":3}]}"#)
      #expect(Shared.plain(written) == Shared.result(#"{"seq":0,"status":"created"}"#))
      let removed = try await bench.post(
        "\(path)/deleteField.json", #"{"input":[{"name":"seats"}]}"#)
      #expect(removed == Self.done)
      try await Self.approve(bench)
      let read = try await bench.get(
        "/rest/v1/customobjects/subscription_c.json?filterType=crmId&filterValues=s&fields=seats")
      #expect(read == Shared.failure(1006, "Field 'seats' not found"))
    }
  }

  @Test(arguments: [
    ("addField", #"{"input":[{"name":"a-b","displayName":"x","dataType":"string"}]}"#, 1003),
    ("addField", #"{"input":[{"name":"a","displayName":"x"}]}"#, 1002),
    ("addField", #"{"input":[{"name":"a","displayName":"x","dataType":"score"}]}"#, 1003),
    ("addField", #"{"input":[{"name":"Fee","displayName":"x","dataType":"float"}]}"#, 1003),
    ("addField", #"{"input":[{"name":"a","displayName":"x","dataType":"link"}]}"#, 1002),
    (
      "addField",
      #"{"input":[{"name":"a","displayName":"x","dataType":"link","#
        + #""relatedTo":{"name":"company","field":"company"}}]}"#, 1003
    ),
    (
      "addField",
      #"{"input":[{"name":"a","displayName":"x","dataType":"link","#
        + #""relatedTo":{"name":"lead","field":"firstName"}}]}"#, 1003
    ),
    (
      "addField",
      #"{"input":[{"name":"a","displayName":"x","dataType":"link","#
        + #""relatedTo":{"name":"lead","field":"email"}}]}"#, 1003
    ),
    (
      "addField",
      #"{"input":[{"name":"a","displayName":"x","dataType":"string","isDedupeField":true}]}"#,
      1003
    ),
    ("crmId/updateField", #"{"displayName":"y"}"#, 1003),
    ("leadID/updateField", #"{"displayName":"y"}"#, 1003),
    ("fee/updateField", #"{"dataType":"string"}"#, 1003),
    ("none/updateField", #"{"displayName":"y"}"#, 1006),
    ("deleteField", #"{"input":[{"name":"crmId"}]}"#, 1003),
    ("deleteField", #"{"input":[{"name":"none"}]}"#, 1006),
  ])
  func `what an approved type cannot take is refused`(
    call: String, body: String, code: Int
  ) async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      try await Self.approve(bench)
      let answer = try await bench.post("\(Self.schema)/subscription_c/\(call).json", body)
      let failure = MarketoJSON(reading: answer)?["errors"]?.elements?.first
      #expect(failure?["code"] == .string("\(code)"), "\(answer)")
      #expect(try await Self.describe(bench, "?state=draft") == nil)
    }
  }

  @Test func `each action treats a known and an unknown type in its way`() async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      func sync(_ rest: String) async throws -> String {
        try await bench.post("\(Self.schema).json", "{\(rest)}")
      }
      let named = #""apiName":"subscription_c","displayName":"Subscription""#
      #expect(
        try await sync(#""action":"createOnly",\#(named),"pluralName":"S""#)
          == Shared.failure(1017, "Object already exists"))
      #expect(
        try await sync(#""action":"updateOnly","apiName":"other_c""#)
          == Shared.failure(1013, "Object not found"))
      #expect(
        try await sync(#""apiName":"other_c","displayName":"Other""#)
          == Shared.failure(1002, "Missing value for the required parameter 'pluralName'"))
      #expect(try await sync(#"\#(named),"description":"Newer""#) == Self.done)
      try await Self.approve(bench)
      #expect(try await Self.describe(bench)?["description"] == .string("Newer"))
      #expect(
        try await sync(#""apiName":"subscription_c","displayName":"Another""#)
          == Shared.failure(1003, "displayName cannot be changed after approval"))
    }
  }

  @Test func `an object needs a key before it can be approved`() async throws {
    try await MarketoBench.run { bench in
      _ = try await bench.post(
        "\(Self.schema).json", #"{"apiName":"bare","displayName":"Bare","pluralName":"Bares"}"#)
      let describe = try await MarketoJSON(
        reading: bench.get("\(Self.schema)/bare/describe.json"))?["result"]?.elements?.first
      #expect(describe?["searchableFields"]?.jsonText == "[[]]")
      #expect(
        try await bench.post("\(Self.schema)/bare/approve.json", "")
          == Shared.failure(1003, "An object needs 1 to 3 dedupe fields"))
    }
  }

  private static let linkable = MarketoBench.unfolded(
    #"""
    {"result":[{"name":"lead","displayName":"Lead","fields":[
    {"name":"id","displayName":"Id","dataType":"integer"},
    {"name":"email","displayName":"Email Address","dataType":"string"},
    {"name":"crmKey","displayName":"CRM Key","dataType":"string"}]},
    {"name":"company","displayName":"Company","fields":[
    {"name":"id","displayName":"Id","dataType":"integer"}]},
    {"name":"car","displayName":"Car","fields":[
    {"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string"},
    {"name":"vin","displayName":"VIN","dataType":"string"}]}],"success":true}
    """#)

  @Test func `types can link to persons, companies and each other`() async throws {
    try await MarketoBench.run { bench in
      _ = try await bench.post(
        "/rest/v1/leads/schema/fields.json",
        #"{"input":[{"name":"crmKey","displayName":"CRM Key","dataType":"string"}]}"#)
      _ = try await bench.post(
        "\(Self.schema).json", #"{"apiName":"car","displayName":"Car","pluralName":"Cars"}"#)
      _ = try await bench.post(
        "\(Self.schema)/car/addField.json",
        #"{"input":[{"name":"vin","displayName":"VIN","dataType":"string","#
          + #""isDedupeField":true}]}"#)
      try await Self.approve(bench, "car")
      let list = try await bench.get("\(Self.schema)/linkableObjects.json")
      #expect(list == Self.linkable)
      try await Self.draft(bench)
      let added = try await bench.post(
        "\(Self.schema)/subscription_c/addField.json",
        #"{"input":[{"name":"car","displayName":"Car","dataType":"link","#
          + #""relatedTo":{"name":"car","field":"vin"}}]}"#)
      #expect(added == Self.done)
      #expect(
        try await bench.post("\(Self.schema)/car/delete.json", "")
          == Shared.failure(1022, "Object in use"))
      #expect(
        try await bench.get("\(Self.schema)/car/dependentAssets.json") == Self.done)
    }
  }

  @Test func `a deleted type takes its records along`() async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      try await Self.approve(bench)
      let path = "/rest/v1/customobjects/subscription_c.json"
      _ = try await bench.post(path, #"{"input":[{"crmId":"s-1"}]}"#)
      #expect(try await bench.post("\(Self.schema)/subscription_c/delete.json", "") == Self.done)
      #expect(
        try await bench.get("\(path)?filterType=crmId&filterValues=s-1")
          == Shared.failure(1013, "Object not found"))
      try await Self.draft(bench)
      try await Self.approve(bench)
      #expect(try await bench.get("\(path)?filterType=crmId&filterValues=s-1") == Self.done)
      try bench.service.reset()
      let token = try await bench.newToken()
      let list = try await bench.send("GET", "\(Self.schema).json", token: token)
      #expect(list.text == Self.done)
    }
  }

  @Test func `the data types are plain text`() async throws {
    try await MarketoBench.run { bench in
      let answer = try await MarketoJSON(
        reading: bench.get("\(Self.schema)/fieldDataTypes.json"))
      #expect(
        answer?["result"]?.elements?.compactMap(\.text) == [
          "string", "boolean", "integer", "float", "link", "email", "currency", "date", "datetime",
          "phone", "text",
        ])
    }
  }

  @Test func `switches take custom objects away`() async throws {
    try await MarketoBench.run { bench in
      try await Self.draft(bench)
      try await Self.approve(bench)
      try await bench.set(#"{"marketo_no_custom_types":true,"marketo_no_custom_objects":true}"#)
      #expect(
        try await bench.get("\(Self.schema).json")
          == Shared.failure(616, "Subscription type is not entitled"))
      #expect(
        try await bench.get("/rest/v1/customobjects/subscription_c/describe.json")
          == Shared.failure(1026, "Custom objects are not enabled"))
      try await bench.set(
        #"{"marketo_no_custom_types":null,"marketo_no_custom_objects":null,"#
          + #""marketo_denied_permissions":"Read-Write Custom Object Type"}"#)
      #expect(
        try await bench.post("\(Self.schema)/subscription_c/approve.json", "")
          == Shared.failure(603, "Access denied"))
      let list = try await bench.get("/rest/v1/customobjects.json?names=other_c")
      #expect(list == Self.done)
    }
  }
}
