extension DynamicsSession {
  /// Who the caller is and to which organisation the URL leads.
  func whoAmI(_ call: DynamicsCall) throws -> DynamicsAnswer {
    try expect("GET", call)
    let unit = try rows.row(.systemUser, caller.user)?["businessunitid"]?.text
    return .json([
      "@odata.context": .string("\(base)/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"),
      "BusinessUnitId": .text(unit),
      "UserId": .string(caller.user),
      "OrganizationId": .string(try organizationID()),
    ])
  }

  /// The fingerprint of the environment behind the URL.
  func currentOrganization(_ call: DynamicsCall) throws -> DynamicsAnswer {
    try expect("GET", call)
    let id = try organizationID()
    let root = String(base.prefix(upTo: base.firstRange(of: "/api/")?.lowerBound ?? base.endIndex))
    let name = try rows.row(.organization, id)?["name"]?.text
    let type = "Microsoft.Dynamics.CRM.RetrieveCurrentOrganizationResponse"
    return .json([
      "@odata.context": .string("\(base)/$metadata#\(type)"),
      "Detail": [
        "OrganizationId": .string(id),
        "FriendlyName": .text(name),
        "OrganizationVersion": "9.2.25013.00180",
        "EnvironmentId": .string(DynamicsBootstrap.environmentID),
        "DatacenterId": .string(DynamicsBootstrap.environmentID),
        "Geo": "EMEA",
        "TenantId": .string(DynamicsBootstrap.tenantID),
        "UrlName": "sandbox",
        "UniqueName": .string("unq" + id.replacing("-", with: "").prefix(12)),
        "State": "Enabled",
        "OrganizationType": "CustomerTest",
        "SchemaType": "Full",
        "Endpoints": [
          "Count": 3,
          "IsReadOnly": false,
          "Keys": ["WebApplication", "OrganizationService", "OrganizationDataService"],
          "Values": [
            .string(root + "/"),
            .string(root + "/XRMServices/2011/Organization.svc"),
            .string(root + "/XRMServices/2011/OrganizationData.svc"),
          ],
        ],
      ],
    ])
  }

  /// The list of entity sets.
  func serviceDocument(_ call: DynamicsCall) throws -> DynamicsAnswer {
    try expect("GET", call)
    let sets = DynamicsCatalogue.tables.map { table -> DynamicsJSON in
      ["name": .string(table.setName), "kind": "EntitySet", "url": .string(table.setName)]
    }
    return .json(["@odata.context": .string("\(base)/$metadata"), "value": .array(sets)])
  }

  /// The id of the one organisation.
  func organizationID() throws -> String {
    var query = try DynamicsRowQuery(table: .organization, select: [])
    query.limit = 1
    return try rows.fetch(query).first?.id ?? ""
  }

  /// Refuses every other verb.
  func expect(_ method: String, _ call: DynamicsCall) throws {
    guard call.method == method else { throw DynamicsFailure.method(call.method) }
  }
}
