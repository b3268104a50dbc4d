import Model

@testable import Marketo

/// Opportunities, their roles and a custom object, as a subscription describes them.
extension Fixture {
  static let opportunity = """
    {"name":"opportunity","idField":"marketoGUID","dedupeFields":["externalOpportunityId"],
     "fields":[
     {"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,
      "updateable":false},
     {"name":"externalOpportunityId","displayName":"Key","dataType":"string","length":50,
      "updateable":false},
     {"name":"name","displayName":"Name","dataType":"string","length":255,"updateable":true},
     {"name":"amount","displayName":"Amount","dataType":"currency","updateable":true},
     {"name":"isWon","displayName":"Won","dataType":"boolean","updateable":true},
     {"name":"externalCompanyId","displayName":"Company","dataType":"string","length":50,
      "updateable":false},
     {"name":"externalSalesPersonId","displayName":"Owner","dataType":"string","length":255,
      "updateable":true},
     {"name":"updatedAt","displayName":"Updated At","dataType":"datetime","updateable":false}]}
    """

  static let role = """
    {"name":"opportunityRole","idField":"marketoGUID",
     "dedupeFields":["externalOpportunityId","leadId","role"],"fields":[
     {"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,
      "updateable":false},
     {"name":"externalOpportunityId","displayName":"Opportunity","dataType":"string","length":50,
      "updateable":false},
     {"name":"leadId","displayName":"Lead Id","dataType":"integer","updateable":false},
     {"name":"role","displayName":"Role","dataType":"string","length":50,"updateable":false},
     {"name":"isPrimary","displayName":"Primary","dataType":"boolean","updateable":true},
     {"name":"updatedAt","displayName":"Updated At","dataType":"datetime","updateable":false}]}
    """

  /// A custom object's type with `links` as its relationships, and `dedupe` as its key.
  static func subscription(
    links: String =
      #"{"field":"contactId","type":"child","relatedTo":{"name":"Lead","field":"Id"}}"#,
    dedupe: String = #""dynamicsRowId""#, state: String = "approved"
  ) -> String {
    """
    {"state":"\(state)","apiName":"subscription_c","idField":"marketoGUID",
     "dedupeFields":[\(dedupe)],"relationships":[\(links)],"fields":[
     {"name":"marketoGUID","displayName":"Marketo GUID","dataType":"string","length":36,
      "updateable":false,"crmManaged":false},
     {"name":"createdAt","displayName":"Created At","dataType":"datetime","updateable":false},
     {"name":"updatedAt","displayName":"Updated At","dataType":"datetime","updateable":false},
     {"name":"contactId","displayName":"Person Id","dataType":"integer","updateable":true},
     {"name":"dynamicsRowId","displayName":"Dynamics Id","dataType":"string","length":255,
      "updateable":true},
     {"name":"plan","displayName":"Plan","dataType":"string","length":255,"updateable":true},
     {"name":"fee","displayName":"Fee","dataType":"currency","updateable":true}]}
    """
  }

  static let custom = ObjectType(.marketo, "subscription_c")

  static let deals = ObjectSchema(
    .deal, keyField: "externalOpportunityId",
    fields: [Field("name", .text, length: 255), Field("amount", .decimal, scale: 2)], feed: .none)

  static let roles = ObjectSchema(
    .role, keyField: "role_key",
    fields: [
      Field("externalOpportunityId", .text), Field("leadId", .integer), Field("role", .text),
      Field("isPrimary", .boolean),
    ], feed: .none)

  static let subscriptions = ObjectSchema(
    custom, keyField: "dynamicsRowId",
    fields: [Field("plan", .text), Field("fee", .decimal)], feed: .none,
    parent: ParentField("contactId", of: .person))
}

extension Write {
  static func create(
    _ operation: Int64, _ key: String, _ fields: [FieldName: Value], in object: ObjectType
  ) -> Write {
    Write(operation: operation, object: object, action: .create(key: key), fields: fields)
  }

  static func update(
    _ operation: Int64, _ id: String, _ fields: [FieldName: Value], in object: ObjectType
  ) -> Write {
    Write(
      operation: operation, object: object, action: .update(.marketo(id), ifVersion: nil),
      fields: fields)
  }

  static func delete(_ operation: Int64, _ id: String, in object: ObjectType) -> Write {
    Write(operation: operation, object: object, action: .delete(.marketo(id)), fields: [:])
  }
}

extension WriteResult {
  /// A result of a call that was answered with ``ScriptedService/Reply/done(_:)``.
  static func told(_ operation: Int64, _ outcome: Outcome) -> WriteResult {
    WriteResult(operation: operation, outcome: outcome, requestID: "1a#1a1f7f83000")
  }

  static func applied(_ operation: Int64, _ id: String) -> WriteResult {
    told(operation, .applied(id: .marketo(id), record: nil))
  }

  static func rejected(
    _ operation: Int64, _ code: String, _ message: String, _ field: FieldName?
  ) -> WriteResult {
    told(operation, .rejected(Rejection(code: code, message: message, field: field)))
  }
}
