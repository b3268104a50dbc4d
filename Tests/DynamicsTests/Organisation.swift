import Model
import Transport

@testable import Dynamics

/// A small organisation's metadata, and connectors to it.
enum Organisation {
  static let root = "https://orgacme.crm4.dynamics.com"
  static let lead1 = "10000000-0000-0000-0000-000000000001"
  static let lead2 = "10000000-0000-0000-0000-000000000002"
  static let user = "a0000000-0000-0000-0000-000000000007"

  static let signIn = "POST /login.microsoftonline.com/tenant1/oauth2/v2.0/token"
  static let token = ScriptedExchange.Answer.json(
    200, #"{"token_type":"Bearer","expires_in":3599,"access_token":"token-1"}"#)

  static func connector(
    _ exchange: ScriptedExchange, clock: JumpingClock = JumpingClock(),
    filterColumn: String? = nil, tables: [ObjectType: TableSettings] = [:],
    wanted: [ObjectType: Set<FieldName>] = [:], retry: RetryPolicy = RetryPolicy(attempts: 3),
    meter: CallMeter = CallMeter(), cache: (any DocumentCache)? = nil
  ) throws -> DynamicsConnector {
    let settings = try DynamicsSettings(
      url: root,
      auth: .clientCredentials(
        tenant: "tenant1", clientID: "client1", secret: Secret("abc~x y")),
      tables: [.lead: TableSettings("lead", filterColumn: filterColumn)].merging(tables) { $1 },
      wanted: wanted)
    return DynamicsConnector(
      settings: settings, exchange: exchange, meter: meter,
      now: { Instant(seconds: 1_767_600_000) }, clock: clock, retry: retry, jitter: { 0 },
      cache: cache)
  }

  /// The metadata of leads, contacts, accounts and users, with `answers` beside it.
  static func exchange(_ answers: [String: [ScriptedExchange.Answer]] = [:]) -> ScriptedExchange {
    var all: [String: [ScriptedExchange.Answer]] = [
      signIn: [token],
      "GET WhoAmI": [
        .json(
          200,
          """
          {"BusinessUnitId":"b0000000-0000-0000-0000-000000000001",
           "UserId":"A0000000-0000-0000-0000-000000000001",
           "OrganizationId":"1C000000-0000-0000-0000-0000000000AA"}
          """)
      ],
    ]
    all["GET EntityDefinitions?$select=LogicalName,EntitySetName"] = [definitions()]
    all.merge(details) { _, own in own }
    all.merge(answers) { _, own in own }
    return ScriptedExchange(all)
  }

  /// The definitions of all tables, their text altered.
  static func definitions(
    altered alter: (String) -> String = { $0 }
  ) -> ScriptedExchange.Answer {
    .json(200, alter("{\"value\":[\(tables.map(definition).joined(separator: ",\n"))]}"))
  }

  private struct TableNames {
    var name: String
    var set: String
    var id: String
  }

  private static let tables = [
    TableNames(name: "lead", set: "leads", id: "leadid"),
    TableNames(name: "contact", set: "contacts", id: "contactid"),
    TableNames(name: "account", set: "accounts", id: "accountid"),
    TableNames(name: "systemuser", set: "systemusers", id: "systemuserid"),
    TableNames(name: "team", set: "teams", id: "teamid"),
    TableNames(name: "opportunity", set: "opportunities", id: "opportunityid"),
    TableNames(name: "connection", set: "connections", id: "connectionid"),
    TableNames(name: "connectionrole", set: "connectionroles", id: "connectionroleid"),
    TableNames(name: "new_task", set: "new_taskses", id: "new_taskid"),
  ]

  private static func definition(_ table: TableNames) -> String {
    """
    {"LogicalName":"\(table.name)","EntitySetName":"\(table.set)",
     "PrimaryIdAttribute":"\(table.id)","ChangeTrackingEnabled":\(table.name != "new_task"),
     "IsOptimisticConcurrencyEnabled":true,
     "Attributes":[\(attributes(of: table.name, id: table.id))]}
    """
  }

  private static let details: [String: [ScriptedExchange.Answer]] = [
    cast("String"): [
      .json(200, #"{"value":[{"LogicalName":"firstname","MaxLength":50}]}"#)
    ],
    cast("Money"): [.json(200, #"{"value":[{"LogicalName":"revenue","Precision":2}]}"#)],
    cast("DateTime"): [
      .json(
        200,
        """
        {"value":[{"LogicalName":"estimatedclosedate","DateTimeBehavior":{"Value":"DateOnly"}},
          {"LogicalName":"modifiedon","DateTimeBehavior":{"Value":"UserLocal"}}]}
        """)
    ],
    cast("Picklist"): [
      .json(
        200,
        """
        {"value":[
          {"LogicalName":"leadsourcecode","GlobalOptionSet":null,"OptionSet":{"Options":[
            {"Value":1,"Label":{"UserLocalizedLabel":{"Label":"Advertisement"}}},
            {"Value":8,"Label":{"UserLocalizedLabel":null,
              "LocalizedLabels":[{"Label":"Web"}]}}]}},
          {"LogicalName":"new_tier","OptionSet":null,"GlobalOptionSet":{"Options":[
            {"Value":9,"Label":{"UserLocalizedLabel":{"Label":"Gold"}}}]}}]}
        """)
    ],
    cast("State"): [
      .json(
        200,
        """
        {"value":[{"LogicalName":"statecode","OptionSet":{"Options":[
          {"Value":0,"Label":{"UserLocalizedLabel":{"Label":"Open"}}},
          {"Value":1,"Label":{"UserLocalizedLabel":{"Label":"Qualified"}}}]}}]}
        """)
    ],
    "GET EntityDefinitions(LogicalName='opportunity')/Attributes/Microsoft.Dynamics.CRM."
      + "StateAttributeMetadata": [
        .json(
          200,
          """
          {"value":[{"LogicalName":"statecode","OptionSet":{"Options":[
            {"Value":0,"Label":{"UserLocalizedLabel":{"Label":"Offen"}}},
            {"Value":1,"Label":{"UserLocalizedLabel":{"Label":"Gewonnen"}}},
            {"Value":2,"Label":{"UserLocalizedLabel":{"Label":"Verloren"}}}]}}]}
          """)
      ],
    "GET EntityDefinitions(LogicalName='lead')?$select=LogicalName&$expand=ManyToOne": [
      .json(
        200,
        """
        {"LogicalName":"lead","ManyToOneRelationships":[
          {"ReferencingAttribute":"ownerid","ReferencedEntity":"owner",
           "ReferencingEntityNavigationPropertyName":"ownerid"},
          {"ReferencingAttribute":"customerid","ReferencedEntity":"account",
           "ReferencingEntityNavigationPropertyName":"customerid_account"},
          {"ReferencingAttribute":"customerid","ReferencedEntity":"contact",
           "ReferencingEntityNavigationPropertyName":"customerid_contact"},
          {"ReferencingAttribute":"new_regionid","ReferencedEntity":"account",
           "ReferencingEntityNavigationPropertyName":"new_RegionId"}]}
        """)
    ],
  ]

  private static func cast(_ name: String) -> String {
    "GET EntityDefinitions(LogicalName='lead')/Attributes/Microsoft.Dynamics.CRM."
      + "\(name)AttributeMetadata"
  }

  private static func attributes(of table: String, id: String) -> String {
    var columns = [column(id, "Uniqueidentifier", update: false)]
    switch table {
    case "lead":
      columns += leadColumns
    case "contact":
      columns +=
        person + [column("parentcustomerid", "Customer"), column("originatingleadid", "Lookup")]
    case "systemuser":
      columns += [column("internalemailaddress", "String"), column("isdisabled", "Boolean")]
    case "team":
      columns += [column("name", "String"), column("emailaddress", "String")]
    case "opportunity":
      columns += opportunityColumns
    case "connection":
      columns += ["record1id", "record2id", "record1roleid", "record2roleid"].map {
        column($0, "Lookup")
      }
      columns += [column("statecode", "State")]
    case "new_task":
      columns += [
        column("name", "String"), column("versionnumber", "BigInt", update: false),
        column("new_subjectid", "Lookup"),
      ]
    default:
      columns += [column("name", "String"), column("versionnumber", "BigInt", update: false)]
    }
    return columns.joined(separator: ",\n")
  }

  private static let person = [
    column("firstname", "String"), column("emailaddress1", "String"), column("statecode", "State"),
    column("ownerid", "Owner"), column("merged", "Boolean"), column("masterid", "Lookup"),
    column("modifiedon", "DateTime", update: false), column("modifiedby", "Lookup"),
  ]

  private static let opportunityColumns = [
    column("name", "String"), column("emailaddress", "String"), column("statecode", "State"),
    column("ownerid", "Owner"), column("customerid", "Customer"),
    column("estimatedvalue", "Money"), column("actualvalue", "Money"),
    column("stepname", "String"), column("originatingleadid", "Lookup"),
  ]

  private static let leadColumns =
    person + [
      column("revenue", "Money"), column("estimatedclosedate", "DateTime"),
      column("leadsourcecode", "Picklist"), column("new_tier", "Picklist"),
      column("numberofemployees", "Integer"), column("donotphone", "Boolean"),
      column("parentcontactid", "Lookup"), column("customerid", "Customer"),
      column("new_regionid", "Lookup"), column("new_sync", "Boolean"),
      column("new_score", "Integer", extra: #","SourceType":1"#),
      column("new_iban", "String", extra: #","IsSecured":true"#),
      column("firstnamename", "String", extra: #","AttributeOf":"firstname""#),
      column("isprivate", "Boolean", extra: #","IsValidForRead":false"#),
      column("entityimage", "Virtual", extra: #","AttributeTypeName":{"Value":"ImageType"}"#),
      column(
        "new_tags", "Virtual", extra: #","AttributeTypeName":{"Value":"MultiSelectPicklistType"}"#),
    ]

  private static func column(
    _ name: String, _ type: String, update: Bool = true, extra: String = ""
  ) -> String {
    """
    {"LogicalName":"\(name)","AttributeType":"\(type)","IsValidForCreate":true,
     "IsValidForUpdate":\(update),
     "DisplayName":{"UserLocalizedLabel":{"Label":"\(name.capitalized)"}}\(extra)}
    """
  }
}
