import Model

/// The columns from which a record's facts are made, as far as the table has them.
struct FactColumns: Hashable, Sendable {
  var email: Column?
  var state: Column?
  var isDisabled: Column?
  var owner: Column?
  var parentCustomer: Column?
  var parentContact: Column?
  var originatingLead: Column?
  /// What the row hangs on: an opportunity's customer, an account's parent, or the configured
  /// look-up.
  var parent: Column?
  var estimate: Column?
  var actual: Column?
  var step: Column?
  /// The two ends of a connection.
  var ends: [End]
  var merged: Column?
  var master: Column?
  var filter: Column?
  var modifiedOn: Column?
  var modifiedBy: Column?

  /// One end of a connection: the record there, and the role that it has.
  struct End: Hashable, Sendable {
    var record: Column
    var role: Column?
  }

  /// Picks the columns by the vendor's names, which mean the same in every table that has them.
  ///
  /// A parent customer is a contact's alone, a parent contact a lead's: elsewhere the same names say
  /// something else. Addresses of teams and opportunities are nobody's to be matched by.
  init(_ table: Table, _ settings: TableSettings) {
    let columns = table.columns
    email = Self.emailName(table.object).flatMap { columns[$0] }
    state = columns["statecode"]
    isDisabled = table.object == .user ? columns["isdisabled"] : nil
    owner = columns["ownerid"]
    parentCustomer = table.object == .contact ? columns["parentcustomerid"] : nil
    parentContact = table.object == .lead ? columns["parentcontactid"] : nil
    originatingLead = table.object == .contact ? columns["originatingleadid"] : nil
    let isOpportunity = table.object == .opportunity
    let parentName = settings.parentColumn ?? Self.parentName(table.object)
    parent = parentName.flatMap { columns[$0] }.flatMap { $0.type.isLookup ? $0 : nil }
    estimate = isOpportunity ? columns["estimatedvalue"] : nil
    actual = isOpportunity ? columns["actualvalue"] : nil
    step = isOpportunity ? columns["stepname"] : nil
    ends = table.object == .connection ? Self.ends(columns) : []
    merged = columns["merged"]
    master = columns["masterid"]
    filter = settings.filterColumn.flatMap { columns[$0] }
    modifiedOn = columns["modifiedon"]
    modifiedBy = columns["modifiedby"]
  }

  private static func emailName(_ object: ObjectType) -> String? {
    switch object {
    case .lead, .contact, .account: "emailaddress1"
    case .user: "internalemailaddress"
    default: nil
    }
  }

  private static func parentName(_ object: ObjectType) -> String? {
    switch object {
    case .opportunity: "customerid"
    case .account: "parentaccountid"
    default: nil
    }
  }

  private static func ends(_ columns: [String: Column]) -> [End] {
    ["record1", "record2"].compactMap { name in
      columns["\(name)id"].map { End(record: $0, role: columns["\(name)roleid"]) }
    }
  }

  /// What a read must ask for.
  var properties: [String] {
    let single = [
      email, state, isDisabled, owner, parentCustomer, parentContact, originatingLead, parent,
      estimate, actual, step, merged, master, filter, modifiedOn, modifiedBy,
    ]
    return (single + ends.flatMap { [$0.record, $0.role] }).compactMap { $0?.property }
  }
}
