extension DynamicsColumn {
  /// The columns that every table has, kept by the server.
  static let audit: [DynamicsColumn] = [
    moment("createdon", "CreatedOn").readOnly,
    moment("modifiedon", "ModifiedOn").readOnly,
    lookup("createdby", "CreatedBy", to: "systemuser", onDelete: .restrict).readOnly,
    lookup("modifiedby", "ModifiedBy", to: "systemuser", onDelete: .restrict).readOnly,
    lookup("createdonbehalfby", "CreatedOnBehalfBy", to: "systemuser", onDelete: .restrict)
      .readOnly,
    lookup("modifiedonbehalfby", "ModifiedOnBehalfBy", to: "systemuser", onDelete: .restrict)
      .readOnly,
    moment("overriddencreatedon", "OverriddenCreatedOn").createOnly,
    integer("importsequencenumber", "ImportSequenceNumber", -2_147_483_648...2_147_483_647)
      .createOnly,
    DynamicsColumn("versionnumber", "VersionNumber", .bigInt).readOnly,
  ]

  /// The columns of a table whose rows belong to a user or a team.
  static let owned: [DynamicsColumn] = [
    DynamicsColumn(
      "ownerid", "OwnerId",
      .lookup(
        .owner,
        [
          DynamicsTarget("systemuser", "ownerid", .restrict),
          DynamicsTarget("team", "ownerid", .restrict),
        ])),
    lookup("owninguser", "OwningUser", to: "systemuser", onDelete: .restrict).readOnly,
    lookup("owningteam", "OwningTeam", to: "team", onDelete: .restrict).readOnly,
    lookup("owningbusinessunit", "OwningBusinessUnit", to: "businessunit", onDelete: .restrict)
      .readOnly,
  ]

  /// The columns of a table that holds amounts.
  static let currency: [DynamicsColumn] = [
    lookup(
      "transactioncurrencyid", "TransactionCurrencyId", to: "transactioncurrency",
      onDelete: .restrict),
    DynamicsColumn(
      "exchangerate", "ExchangeRate", .decimal(scale: 10, 0...900_000_000)
    ).readOnly,
  ]

  /// The columns of one postal address, with its composed text.
  static func address(_ number: Int) -> [DynamicsColumn] {
    let name = "address\(number)_"
    let schema = "Address\(number)_"
    return [
      text(name + "name", schema + "Name", 200),
      text(name + "line1", schema + "Line1", 250),
      text(name + "line2", schema + "Line2", 250),
      text(name + "line3", schema + "Line3", 250),
      text(name + "city", schema + "City", 80),
      text(name + "county", schema + "County", 50),
      text(name + "stateorprovince", schema + "StateOrProvince", 50),
      text(name + "postalcode", schema + "PostalCode", 20),
      text(name + "country", schema + "Country", 80),
      text(name + "telephone1", schema + "Telephone1", 50, format: "Phone"),
      text(name + "fax", schema + "Fax", 50, format: "Phone"),
      DynamicsColumn(name + "latitude", schema + "Latitude", .double(scale: 5, -90...90)),
      DynamicsColumn(name + "longitude", schema + "Longitude", .double(scale: 5, -180...180)),
      memo(name + "composite", schema + "Composite", 1000).readOnly,
    ]
  }

  /// The columns that say which messages a person refuses.
  static let refusals: [DynamicsColumn] = [
    refusal("donotemail", "DoNotEMail"),
    refusal("donotbulkemail", "DoNotBulkEMail"),
    refusal("donotphone", "DoNotPhone"),
    refusal("donotfax", "DoNotFax"),
    refusal("donotpostalmail", "DoNotPostalMail"),
    flag("donotsendmm", "DoNotSendMM", no: "Send", yes: "Do Not Send"),
    flag("followemail", "FollowEmail", no: "Do Not Allow", yes: "Allow", initial: true),
  ]

  /// The e-mail addresses and telephones that leads, contacts and accounts share.
  static let reachability: [DynamicsColumn] = [
    text("emailaddress1", "EMailAddress1", 100, format: "Email"),
    text("emailaddress2", "EMailAddress2", 100, format: "Email"),
    text("emailaddress3", "EMailAddress3", 100, format: "Email"),
    text("telephone1", "Telephone1", 50, format: "Phone"),
    text("telephone2", "Telephone2", 50, format: "Phone"),
    text("telephone3", "Telephone3", 50, format: "Phone"),
    text("fax", "Fax", 50, format: "Phone"),
    text("websiteurl", "WebSiteUrl", 200, format: "Url"),
    memo("description", "Description"),
    option(
      "preferredcontactmethodcode", "PreferredContactMethodCode",
      DynamicsOption.numbered("Any", "Email", "Phone", "Fax", "Mail")),
  ]

  /// The columns that a merge of two rows leaves behind.
  static func merging(_ table: String) -> [DynamicsColumn] {
    [
      flag("merged", "Merged").readOnly,
      lookup("masterid", "MasterId", to: table).readOnly,
    ]
  }

  /// A two-option column that a customer may use to keep a row out of the synchronisation.
  static let inclusion = flag(
    "new_syncwithmarketing", "new_SyncWithMarketing", initial: nil
  ).custom
}
