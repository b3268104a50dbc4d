import GRDB
import Testing

@testable import Sandbox

@Suite struct MarketoCompoundKeys {
  /// An object that nothing but this test declares: three fields make its key, its id is a GUID.
  private static let role = MarketoObject(
    path: "tests/roles", name: "testRole", permission: "Opportunity", idField: "marketoGUID",
    dedupeFields: ["caseId", "leadId", "role"],
    searchableFields: [["caseId", "leadId", "role"], ["marketoGUID"], ["leadId"]],
    fields: [
      .init(
        id: 1, name: "marketoGUID", displayName: "Id", type: .string, length: 36,
        access: .systemKey),
      .init(id: 2, name: "caseId", displayName: "Case", type: .string, length: 50),
      .init(id: 3, name: "leadId", displayName: "Person", type: .integer),
      .init(id: 4, name: "role", displayName: "Role", type: .string, length: 50),
      .init(id: 5, name: "isPrimary", displayName: "Primary", type: .boolean),
      .init(id: 6, name: "createdAt", displayName: "Created", type: .datetime, access: .readOnly),
      .init(id: 7, name: "updatedAt", displayName: "Updated", type: .datetime, access: .readOnly),
    ], required: ["isPrimary"])

  @Test func `one declaration is enough for an object with a compound key`() throws {
    let database = try DatabaseQueue()
    try database.write { db in
      try MarketoService.createTables(db)
      try MarketoState.createTable(of: Self.role, db)
      func call(_ body: String) throws -> MarketoCall {
        try MarketoCall(
          parameters: MarketoForm(reading: ""), captured: [:], body: MarketoJSON(reading: body),
          state: MarketoState(db, now: MarketoBench.start))
      }
      let key = #""caseId":"c-1","leadId":7,"role":"Buyer""#
      let made = try MarketoObjectSync.answer(
        Self.role,
        call(
          #"{"input":[{\#(key),"isPrimary":true},{"caseId":"C-1","leadId":7,"role":"buyer"},"#
            + #"{"caseId":"c-1","leadId":8,"role":"Buyer"},{"caseId":"c-1"}]}"#))
      let guid = made.result?.first?["marketoGUID"]?.text ?? ""
      let again = try MarketoObjectSync.answer(
        Self.role, call(#"{"input":[{\#(key),"isPrimary":false}]}"#))
      let found = try MarketoObjectQuery.answer(
        Self.role,
        call(
          #"{"filterType":"dedupeFields","fields":["isPrimary"],"input":[{\#(key)},"#
            + #"{"caseId":"c-1","leadId":9,"role":"Buyer"}]}"#))
      let gone = try MarketoObjectDelete.answer(
        Self.role, call(#"{"deleteBy":"idField","input":[{"marketoGuid":"\#(guid)"}]}"#))
      #expect(guid.count == 36)
      #expect(
        made.result?.map(\.jsonText) == [
          #"{"seq":0,"marketoGUID":"\#(guid)","status":"created"}"#,
          #"{"seq":1,"status":"skipped","reasons":"#
            + #"[{"code":"1036","message":"Duplicate object found in input"}]}"#,
          #"{"seq":2,"status":"skipped","reasons":[{"code":"1002","message":"#
            + #""Missing value for the required parameter 'isPrimary'"}]}"#,
          #"{"seq":3,"status":"skipped","reasons":[{"code":"1002","message":"#
            + #""Missing value for the required parameter 'leadId'"}]}"#,
        ])
      #expect(
        again.result?.map(\.jsonText) == [
          #"{"seq":0,"marketoGUID":"\#(guid)","status":"updated"}"#
        ])
      #expect(
        found.result?.map(\.jsonText) == [
          #"{"seq":0,"marketoGUID":"\#(guid)","caseId":"c-1","leadId":7,"role":"Buyer","#
            + #""isPrimary":false}"#
        ])
      #expect(
        gone.result?.map(\.jsonText) == [
          #"{"seq":0,"marketoGUID":"\#(guid)","status":"deleted"}"#
        ])
    }
  }
}
