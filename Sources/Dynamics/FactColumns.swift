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
  var merged: Column?
  var master: Column?
  var filter: Column?
  var modifiedOn: Column?
  var modifiedBy: Column?

  /// Picks the columns by the vendor's names, which mean the same in every table that has them.
  ///
  /// A parent customer is a contact's alone, a parent contact a lead's: elsewhere the same names say
  /// something else.
  init(_ table: Table, filterColumn: String?) {
    let columns = table.columns
    email =
      columns["emailaddress1"] ?? columns["internalemailaddress"] ?? columns["emailaddress"]
    state = columns["statecode"]
    isDisabled = table.object == .user ? columns["isdisabled"] : nil
    owner = columns["ownerid"]
    parentCustomer = table.object == .contact ? columns["parentcustomerid"] : nil
    parentContact = table.object == .lead ? columns["parentcontactid"] : nil
    originatingLead = table.object == .contact ? columns["originatingleadid"] : nil
    merged = columns["merged"]
    master = columns["masterid"]
    filter = filterColumn.flatMap { columns[$0] }
    modifiedOn = columns["modifiedon"]
    modifiedBy = columns["modifiedby"]
  }

  /// What a read must ask for.
  var properties: [String] {
    [
      email, state, isDisabled, owner, parentCustomer, parentContact, originatingLead, merged,
      master, filter, modifiedOn, modifiedBy,
    ].compactMap { $0?.property }
  }
}
