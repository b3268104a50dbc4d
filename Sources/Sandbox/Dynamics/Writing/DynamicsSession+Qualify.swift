/// What qualifying a lead should make.
struct DynamicsQualification {
  var makesAccount = true
  var makesContact = true
  var makesOpportunity = false
  /// -1 for the default status.
  var status: Int64 = -1
  /// Ids for the new rows where the caller chose them.
  var accountID: String?
  var contactID: String?
  /// The new opportunity's customer; nil for the account or else the contact.
  var customer: (table: DynamicsTable, id: String)?
}

extension DynamicsSession {
  /// Answers the action `QualifyLead`, bound to one lead.
  func qualify(_ call: DynamicsCall, _ lead: String) throws -> DynamicsAnswer {
    try expect("POST", call)
    let body = try call.object()
    let names = ["CreateAccount", "CreateContact", "CreateOpportunity"]
    let flags = try names.map { name in
      guard let flag = body[name]?.boolean else {
        throw DynamicsFailure.query("Required parameter '\(name)' is missing.")
      }
      return flag
    }
    let made = try qualify(
      lead,
      DynamicsQualification(
        makesAccount: flags[0], makesContact: flags[1], makesOpportunity: flags[2],
        status: body["Status"]?.integer ?? -1, customer: customer(body["OpportunityCustomerId"])))
    let value = made.map { row -> DynamicsJSON in
      .object([
        .init("@odata.type", .string("#Microsoft.Dynamics.CRM.\(row.table.name)")),
        .init(row.table.idColumn, .string(row.id)),
      ])
    }
    let context = "\(base)/$metadata#Collection(Microsoft.Dynamics.CRM.crmbaseentity)"
    return .json(["@odata.context": .string(context), "value": .array(value)])
  }

  /// Qualifies a lead and returns the rows that were made, in the order of their making.
  ///
  /// No account is made for a lead without a company's name.
  func qualify(_ lead: String, _ wish: DynamicsQualification) throws
    -> [(table: DynamicsTable, id: String)]
  {
    guard let row = try rows.row(.lead, lead) else { throw DynamicsFailure.missing("lead", lead) }
    guard row["statecode"] == .integer(0) else {
      throw DynamicsFailure(400, "0x80040519", "The lead is already closed.")
    }
    let status = wish.status == -1 ? 3 : wish.status
    var made: [(table: DynamicsTable, id: String)] = []
    var account = row["parentaccountid"]?.text
    var contact = row["parentcontactid"]?.text
    if wish.makesAccount, row["companyname"]?.text != nil {
      let body = try copied(row, DynamicsLeadMapping.account, to: .account, from: lead)
      let id = try insert(.account, .object(body), id: wish.accountID)
      made.append((.account, id))
      account = id
    }
    if wish.makesContact {
      var body = try copied(row, DynamicsLeadMapping.contact, to: .contact, from: lead)
      if let account {
        body.append(
          .init("parentcustomerid_account@odata.bind", .string("/accounts(\(account))")))
      }
      let id = try insert(.contact, .object(body), id: wish.contactID)
      made.append((.contact, id))
      contact = id
    }
    var opportunity: String?
    if wish.makesOpportunity {
      let id = try insertOpportunity(row, lead, wish, account: account, contact: contact)
      made.append((.opportunity, id))
      opportunity = id
    }
    var changes: [String: DynamicsCell] = [
      "statecode": .integer(1), "statuscode": .integer(status),
      "parentaccountid": DynamicsCell(account), "parentcontactid": DynamicsCell(contact),
    ]
    if let opportunity { changes["qualifyingopportunityid"] = .text(opportunity) }
    try DynamicsStateRule(table: .lead, id: lead).settle(&changes, current: row["statecode"])
    try set(.lead, lead, row, changes)
    return made
  }

  private func insertOpportunity(
    _ row: [String: DynamicsCell], _ lead: String, _ wish: DynamicsQualification,
    account: String?, contact: String?
  ) throws -> String {
    var body = try copied(row, DynamicsLeadMapping.opportunity, to: .opportunity, from: lead)
    func bind(_ navigation: String, _ table: DynamicsTable, _ id: String) {
      body.append(.init(navigation + "@odata.bind", .string("/\(table.setName)(\(id))")))
    }
    if let account { bind("parentaccountid", .account, account) }
    if let contact { bind("parentcontactid", .contact, contact) }
    let made: (DynamicsTable, String)? =
      account.map { (.account, $0) } ?? contact.map { (.contact, $0) }
    if let (table, id) = wish.customer ?? made {
      bind("customerid_" + table.name, table, id)
    }
    return try insert(.opportunity, .object(body))
  }

  /// The account or contact that a parameter names.
  private func customer(_ value: DynamicsJSON?) -> (table: DynamicsTable, id: String)? {
    for table in [DynamicsTable.account, .contact] {
      if let id = value?[table.idColumn]?.string.flatMap({ DynamicsGUID.parse($0) }) {
        return (table, id)
      }
    }
    return nil
  }

  /// The members of a new row that the mapping takes over, with its owner and its origin.
  ///
  /// A value that is longer than the new column is cut.
  private func copied(
    _ row: [String: DynamicsCell], _ mapping: [(lead: String, other: String)],
    to table: DynamicsTable, from lead: String
  ) throws -> [DynamicsJSON.Member] {
    var members: [DynamicsJSON.Member] = []
    for pair in mapping {
      guard let column = DynamicsTable.lead.columnsByName[pair.lead],
        let target = table.columnsByName[pair.other], let cell = row[pair.lead], cell != .null
      else { continue }
      if case .text(let length, _) = target.kind, let text = cell.text {
        let cut = String(decoding: text.utf16.prefix(length), as: UTF16.self)
        members.append(.init(pair.other, .string(cut)))
        continue
      }
      var bytes: [UInt8] = []
      DynamicsPrinting.write(cell, of: column, to: &bytes)
      members.append(.init(pair.other, try DynamicsJSON(parsing: bytes)))
    }
    members.append(.init("originatingleadid@odata.bind", .string("/leads(\(lead))")))
    if let owner = row["ownerid"]?.text {
      let set = row["ownerid_type"]?.text == "team" ? "teams" : "systemusers"
      members.append(.init("ownerid@odata.bind", .string("/\(set)(\(owner))")))
    }
    return members
  }
}
