extension DynamicsTable {
  /// A person whom the organisation does business with.
  static let contact = DynamicsTable(
    "contact", schemaName: "Contact", setName: "contacts", nameColumn: "fullname", typeCode: 2,
    ownership: .user, tracksChanges: true, states: DynamicsState.activeOrInactive,
    columns: contactNames + contactLinks + DynamicsColumn.reachability + DynamicsColumn.refusals
      + DynamicsColumn.currency + DynamicsColumn.money("creditlimit", "CreditLimit")
      + DynamicsColumn.money("annualincome", "AnnualIncome") + DynamicsColumn.address(1)
      + DynamicsColumn.address(2) + DynamicsColumn.merging("contact") + [.inclusion])

  private static let contactNames: [DynamicsColumn] = [
    .text("salutation", "Salutation", 100),
    .text("firstname", "FirstName", 50),
    .text("middlename", "MiddleName", 50),
    .text("lastname", "LastName", 50).required,
    .text("fullname", "FullName", 160).readOnly,
    .text("nickname", "NickName", 50),
    .text("suffix", "Suffix", 10),
    .text("jobtitle", "JobTitle", 100),
    .text("department", "Department", 100),
    .text("mobilephone", "MobilePhone", 50, format: "Phone"),
    .text("pager", "Pager", 50),
    .text("assistantname", "AssistantName", 100),
    .text("managername", "ManagerName", 100),
    .text("employeeid", "EmployeeId", 50),
    .text("externaluseridentifier", "ExternalUserIdentifier", 50),
    .option("gendercode", "GenderCode", DynamicsOption.numbered("Male", "Female")),
    .option(
      "familystatuscode", "FamilyStatusCode",
      DynamicsOption.numbered("Single", "Married", "Divorced", "Widowed")),
    .option("leadsourcecode", "LeadSourceCode", DynamicsOption.numbered("Default Value")),
    .day("birthdate", "BirthDate"),
    .day("anniversary", "Anniversary"),
    .integer("numberofchildren", "NumberOfChildren", 0...1_000_000_000),
  ]

  private static let contactLinks: [DynamicsColumn] = [
    .customer("parentcustomerid", "ParentCustomerId"),
    .lookup("accountid", "AccountId", to: "account").readOnly,
    .lookup("parentcontactid", "ParentContactId", to: "contact").readOnly,
    .lookup("originatingleadid", "OriginatingLeadId", to: "lead"),
    .lookup("preferredsystemuserid", "PreferredSystemUserId", to: "systemuser"),
  ]
}
