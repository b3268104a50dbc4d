/// The rows that an organisation has before anybody has written one.
enum DynamicsBootstrap {
  static let tenantID = "5b0c2f7e-0000-4000-8000-000000000001"
  static let environmentID = "ee000000-0000-4000-8000-000000000001"
  static let businessUnitID = "b0000000-0000-4000-8000-000000000001"
  static let currencyID = "c0000000-0000-4000-8000-000000000001"
  static let teamID = "d0000000-0000-4000-8000-000000000001"
  /// The user whom the application signs in as.
  static let applicationUserID = "a0000000-0000-4000-8000-000000000001"
  /// The user whom the password flow's fixed name stands for.
  static let syncUserID = "a0000000-0000-4000-8000-000000000002"

  /// Adds the rows, once; a reset organisation gets another id than the one before it.
  static func run(_ rows: DynamicsRows) throws {
    if try rows.counter("version") == nil { try addOrganisation(rows) }
    guard try rows.counter("roles") == nil else { return }
    try rows.setCounter("roles", 1)
    for role in StandardConnectionRole.allCases {
      try add(
        .connectionRole, role.id,
        [
          "name": .text(role.name), "category": .integer(role.category),
          "statecode": .integer(0), "statuscode": .integer(1),
        ], rows)
    }
  }

  private static func addOrganisation(_ rows: DynamicsRows) throws {
    let generation = (try rows.counter("generation") ?? 0) + 1
    try rows.setCounter("generation", generation)
    try rows.setCounter("version", 5_000_000)
    let organization = DynamicsGUID.made(from: UInt64(generation), kind: 1019)
    try add(.businessUnit, businessUnitID, ["name": .text("Sandbox"), "isdisabled": no], rows)
    try add(
      .transactionCurrency, currencyID,
      [
        "currencyname": .text("US Dollar"), "isocurrencycode": .text("USD"),
        "currencysymbol": .text("$"), "currencyprecision": .integer(2),
        "exchangerate": .integer(10_000_000_000), "statecode": .integer(0),
        "statuscode": .integer(1),
      ], rows)
    try add(
      .systemUser, applicationUserID,
      user("# dynsync", "sandbox", mail: "application@sandbox.example", accessMode: 4), rows)
    try add(
      .systemUser, syncUserID,
      user("Sync", "Account", mail: SandboxCredentials.username, accessMode: 0), rows)
    try add(
      .team, teamID,
      [
        "name": .text("Sandbox"), "teamtype": .integer(0), "isdefault": .integer(1),
        "businessunitid": .text(businessUnitID), "administratorid": .text(applicationUserID),
      ], rows)
    try add(
      .organization, organization,
      [
        "name": .text("Sandbox"), "expirechangetrackingindays": .integer(7),
        "expiresubscriptionsindays": .integer(90), "basecurrencyid": .text(currencyID),
      ], rows)
  }

  private static let no = DynamicsCell.integer(0)

  private static func user(
    _ first: String, _ last: String, mail: String, accessMode: Int64
  ) -> [String: DynamicsCell] {
    let isApplication = accessMode == 4
    return [
      "firstname": .text(first), "lastname": .text(last), "fullname": .text("\(first) \(last)"),
      "internalemailaddress": .text(mail), "domainname": .text(mail), "isdisabled": no,
      "islicensed": .integer(isApplication ? 0 : 1), "issyncwithdirectory": no,
      "accessmode": .integer(accessMode), "businessunitid": .text(businessUnitID),
      "applicationid": isApplication ? .text(applicationID) : .null,
    ]
  }

  /// The GUID that stands in `systemuser` for the fixed client id.
  static let applicationID = "9c1de0aa-0000-4000-8000-000000000001"

  private static func add(
    _ table: DynamicsTable, _ id: String, _ cells: [String: DynamicsCell], _ rows: DynamicsRows
  ) throws {
    var cells = cells
    cells[table.idColumn] = .text(id)
    cells["versionnumber"] = .integer(try rows.nextVersion())
    cells["createdon"] = .text("2020-01-01T00:00:00Z")
    cells["modifiedon"] = .text("2020-01-01T00:00:00Z")
    cells["createdby"] = .text(applicationUserID)
    cells["modifiedby"] = .text(applicationUserID)
    try rows.insert(table, cells)
  }
}
