extension DynamicsTable {
  /// Someone, or an application, who may sign in; the switch `isdisabled` stands for a state.
  static let systemUser = DynamicsTable(
    "systemuser", schemaName: "SystemUser", setName: "systemusers", nameColumn: "fullname",
    typeCode: 8, ownership: .business,
    columns: [
      .text("firstname", "FirstName", 256),
      .text("middlename", "MiddleName", 50),
      .text("lastname", "LastName", 256).required,
      .text("fullname", "FullName", 200).readOnly,
      .text("nickname", "NickName", 50),
      .text("title", "Title", 128),
      .text("jobtitle", "JobTitle", 100),
      .text("internalemailaddress", "InternalEMailAddress", 100, format: "Email").required,
      .text("personalemailaddress", "PersonalEMailAddress", 100, format: "Email"),
      .text("domainname", "DomainName", 1024).required,
      .text("address1_telephone1", "Address1_Telephone1", 64, format: "Phone"),
      .text("address1_city", "Address1_City", 128),
      .text("address1_country", "Address1_Country", 128),
      .text("mobilephone", "MobilePhone", 64, format: "Phone"),
      .text("homephone", "HomePhone", 50, format: "Phone"),
      .text("employeeid", "EmployeeId", 100),
      DynamicsColumn("azureactivedirectoryobjectid", "AzureActiveDirectoryObjectId", .identifier),
      DynamicsColumn("applicationid", "ApplicationId", .identifier),
      .flag("isdisabled", "IsDisabled", no: "Enabled", yes: "Disabled"),
      .flag("islicensed", "IsLicensed").readOnly,
      .flag("issyncwithdirectory", "IsSyncWithDirectory").readOnly,
      .option(
        "accessmode", "AccessMode",
        [
          DynamicsOption(0, "Read-Write"), DynamicsOption(1, "Administrative"),
          DynamicsOption(2, "Read"), DynamicsOption(3, "Support User"),
          DynamicsOption(4, "Non-interactive"), DynamicsOption(5, "Delegated Admin"),
        ]),
      .lookup("businessunitid", "BusinessUnitId", to: "businessunit", onDelete: .restrict),
      .lookup("parentsystemuserid", "ParentSystemUserId", to: "systemuser", onDelete: .restrict),
    ])
}
