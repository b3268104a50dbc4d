import Testing

@testable import Sandbox

@Suite struct DynamicsMetadataTests {
  @Test func `a table's definition holds what was selected and its MetadataId`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get(
        "EntityDefinitions(LogicalName='lead')?$select=LogicalName,EntitySetName,"
          + "PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,CanChangeTrackingBeEnabled"
      )
      #expect(
        answer.json == [
          "@odata.context": .string(
            "\(box.base)/$metadata#EntityDefinitions(LogicalName,EntitySetName,"
              + "PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,"
              + "CanChangeTrackingBeEnabled)/$entity"),
          "LogicalName": "lead",
          "EntitySetName": "leads",
          "PrimaryIdAttribute": "leadid",
          "PrimaryNameAttribute": "fullname",
          "ChangeTrackingEnabled": true,
          "MetadataId": .string(DynamicsTableMetadata.id(.lead)),
          "CanChangeTrackingBeEnabled": [
            "Value": true, "CanBeChanged": true,
            "ManagedPropertyLogicalName": "canchangetrackingbeenabled",
          ],
        ])
      let tracked = try await box.get(
        "EntityDefinitions?$select=LogicalName&$filter=ChangeTrackingEnabled%20eq%20true")
      #expect(
        tracked.json.each("LogicalName") == [
          "account", "contact", "lead", "opportunity", "connectionrole", "connection",
          "new_subscription",
        ])
    }
  }

  @Test(
    arguments: [
      (
        "String", "lead", "emailaddress1", "MaxLength,FormatName",
        ["MaxLength": 100, "FormatName": ["Value": "Email"]]
      ),
      ("String", "contact", "mobilephone", "MaxLength", ["MaxLength": 50]),
      ("Memo", "lead", "description", "MaxLength", ["MaxLength": 2000]),
      (
        "Integer", "lead", "numberofemployees", "MinValue,MaxValue",
        ["MinValue": 0, "MaxValue": 1_000_000]
      ),
      ("Money", "lead", "revenue", "Precision", ["Precision": 2]),
      ("Decimal", "lead", "exchangerate", "Precision", ["Precision": 10]),
      ("Double", "lead", "address1_latitude", "Precision", ["Precision": 5]),
      (
        "DateTime", "lead", "estimatedclosedate", "DateTimeBehavior",
        ["DateTimeBehavior": ["Value": "DateOnly"]]
      ),
      (
        "DateTime", "lead", "modifiedon", "DateTimeBehavior",
        ["DateTimeBehavior": ["Value": "UserLocal"]]
      ),
      ("Lookup", "contact", "parentcustomerid", "Targets", ["Targets": ["account", "contact"]]),
      ("Lookup", "lead", "ownerid", "Targets", ["Targets": ["systemuser", "team"]]),
    ] as [(String, String, String, String, DynamicsJSON)])
  func `a cast shows the properties of a column's own type`(
    type: String, table: String, column: String, select: String, expected: DynamicsJSON
  ) async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get(
        "EntityDefinitions(LogicalName='\(table)')/Attributes/"
          + "Microsoft.Dynamics.CRM.\(type)AttributeMetadata?$select=LogicalName,\(select)")
      let found = answer.json["value"]?.items?.first { $0["LogicalName"] == .string(column) }
      for member in expected.members ?? [] { #expect(found?[member.name] == member.value) }
    }
  }

  @Test func `several tables are told in one answer, each with its columns`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get(
        "EntityDefinitions?$select=LogicalName,EntitySetName"
          + "&$expand=Attributes($select=LogicalName,AttributeType,IsSecured)"
          + "&$filter=LogicalName%20eq%20%27lead%27%20or%20LogicalName%20eq%20%27nothing%27"
          + "%20or%20LogicalName%20eq%20%27team%27")
      let tables = answer.json["value"]?.items ?? []
      #expect(Set(tables.map { $0["EntitySetName"]?.string }) == ["leads", "teams"])
      let lead = tables.first { $0["LogicalName"] == "lead" }
      let owner = lead?["Attributes"]?.items?.first { $0["LogicalName"] == "ownerid" }
      #expect(owner?["AttributeType"] == "Owner")
      #expect(owner?["DisplayName"] == nil)
    }
  }

  @Test func `an uncast list names each column's type and leaves out what is not common`()
    async throws
  {
    try await DynamicsBox.run { box in
      let path = "EntityDefinitions(LogicalName='contact')/Attributes"
      let answer = try await box.get(
        "\(path)?$select=LogicalName,AttributeType,AttributeOf,IsValidForCreate,IsSecured")
      let items = answer.json["value"]?.items ?? []
      let state = items.first { $0["LogicalName"] == "statecode" }
      #expect(state?["@odata.type"] == "#Microsoft.Dynamics.CRM.StateAttributeMetadata")
      #expect(state?["IsValidForCreate"] == false)
      let shadow = items.first { $0["LogicalName"] == "owneridname" }
      #expect(shadow?["AttributeOf"] == "ownerid")
      #expect(items.first { $0["LogicalName"] == "ownerid" }?["AttributeType"] == "Owner")
      let refused = try await box.get("\(path)?$select=MaxLength")
      #expect(
        refused.failure == [
          "0x80060888",
          "Could not find a property named 'MaxLength' on type "
            + "'Microsoft.Dynamics.CRM.AttributeMetadata'.",
        ])
    }
  }

  @Test func `options come with labels, states with defaults, statuses with states`()
    async throws
  {
    try await DynamicsBox.run { box in
      func options(_ column: String, _ type: String) async throws -> [DynamicsJSON] {
        let answer = try await box.get(
          "EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='\(column)')/"
            + "Microsoft.Dynamics.CRM.\(type)AttributeMetadata?$select=LogicalName"
            + "&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options,Name)")
        return answer.json["OptionSet"]?["Options"]?.items ?? []
      }
      let sources = try await options("leadsourcecode", "Picklist")
      #expect(sources.map { $0["Value"]?.integer } == (1...10).map { Int64($0) })
      #expect(sources[7]["Label"]?["UserLocalizedLabel"]?["Label"] == "Web")
      let states = try await options("statecode", "State")
      #expect(states.map { $0["InvariantName"] } == ["Open", "Qualified", "Disqualified"])
      #expect(states.map { $0["DefaultStatus"] } == [1, 3, 4])
      #expect(
        try await options("statuscode", "Status").map { $0["State"] } == [0, 0, 1, 2, 2, 2, 2])
      #expect(try await options("new_interests", "MultiSelectPicklist").count == 4)
      let flag = try await box.get(
        "EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='donotphone')/"
          + "Microsoft.Dynamics.CRM.BooleanAttributeMetadata?$select=LogicalName&$expand=OptionSet")
      let yes = flag.json["OptionSet"]?["TrueOption"]?["Label"]?["UserLocalizedLabel"]?["Label"]
      #expect(yes == "Do Not Allow")
    }
  }

  @Test func `relationships name the navigation property of each target`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get(
        "EntityDefinitions(LogicalName='contact')/ManyToOneRelationships?$select="
          + "ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName"
          + "&$filter=ReferencingAttribute%20eq%20'parentcustomerid'")
      #expect(
        answer.json.each("ReferencingEntityNavigationPropertyName") == [
          "parentcustomerid_account", "parentcustomerid_contact",
        ])
    }
  }

  @Test func `the organisation shows its fingerprint and its retention of changes`() async throws {
    try await DynamicsBox.run { box in
      let id = DynamicsJSON.string(DynamicsGUID.made(from: 1, kind: 1019))
      let detail = try await box.get(
        "RetrieveCurrentOrganization(AccessType=@p1)"
          + "?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'"
      ).json["Detail"]
      #expect(detail?["OrganizationId"] == id)
      #expect(detail?["State"] == "Enabled")
      let row = try await box.get("organizations?$select=expirechangetrackingindays")
      #expect(row.json.each("expirechangetrackingindays") == [7])
      #expect(row.json.each("organizationid") == [id])
      try box.service.reset()
      var later = box
      later.token = try await box.signIn()
      #expect(try await later.get("WhoAmI").json["OrganizationId"] != id)
    }
  }

  @Test func `the service document lists the entity sets`() async throws {
    try await DynamicsBox.run { box in
      let sets = try await box.get("").json.each("name")
      #expect(
        sets == [
          "organizations", "businessunits", "transactioncurrencies", "systemusers", "teams",
          "accounts", "contacts", "leads", "opportunities", "connectionroles", "connections",
          "new_subscriptions",
        ])
    }
  }
}
