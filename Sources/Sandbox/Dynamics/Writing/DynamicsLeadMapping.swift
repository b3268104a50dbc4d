/// Which columns of a lead are taken over when it is qualified.
enum DynamicsLeadMapping {
  /// A lead's column and the column of the new row.
  typealias Pair = (lead: String, other: String)

  static let account: [Pair] =
    [
      ("companyname", "name"), ("industrycode", "industrycode"), ("revenue", "revenue"),
      ("numberofemployees", "numberofemployees"), ("sic", "sic"),
    ] + same(["telephone1", "fax", "websiteurl", "emailaddress1"]) + address

  static let contact: [Pair] =
    same([
      "salutation", "firstname", "middlename", "lastname", "jobtitle", "emailaddress1",
      "emailaddress2", "emailaddress3", "telephone1", "telephone2", "telephone3", "mobilephone",
      "fax", "pager", "websiteurl", "description", "preferredcontactmethodcode", "donotemail",
      "donotbulkemail", "donotphone", "donotfax", "donotpostalmail", "donotsendmm",
      "new_syncwithmarketing",
    ]) + address

  static let opportunity: [Pair] =
    [("subject", "name"), ("estimatedamount", "estimatedvalue")]
    + same(["description", "estimatedclosedate", "budgetamount"])

  private static let address: [Pair] = same(
    [
      "name", "line1", "line2", "line3", "city", "county", "stateorprovince", "postalcode",
      "country",
    ].map { "address1_" + $0 })

  private static func same(_ names: [String]) -> [Pair] { names.map { ($0, $0) } }
}
