/// The fields of a company.
enum MarketoCompanyFields {
  /// Those that the company's persons show as their own, under the same names.
  static let shared: [MarketoField] = [
    text(4, "company", "Company Name"),
    text(5, "site", "Site"),
    .init(id: 6, name: "billingStreet", displayName: "Billing Address", type: .text),
    text(7, "billingCity", "Billing City"),
    text(8, "billingState", "Billing State"),
    text(9, "billingCountry", "Billing Country"),
    text(10, "billingPostalCode", "Billing Postal Code"),
    .init(id: 11, name: "website", displayName: "Website", type: .url, length: 255),
    .init(id: 12, name: "mainPhone", displayName: "Main Phone", type: .phone, length: 255),
    .init(id: 15, name: "annualRevenue", displayName: "Annual Revenue", type: .currency),
    .init(id: 16, name: "numberOfEmployees", displayName: "Num Employees", type: .integer),
    text(17, "industry", "Industry"),
    .init(id: 18, name: "sicCode", displayName: "SIC Code", type: .string, length: 40),
    .init(id: 20, name: "mktoCompanyNotes", displayName: "Company Notes", type: .text),
  ]

  /// Those that only the company calls show.
  static let own: [MarketoField] = [
    .init(id: 1, name: "id", displayName: "Id", type: .integer, access: .systemKey),
    .init(
      id: 2, name: "externalCompanyId", displayName: "External Company Id", type: .string,
      length: 100),
    .init(
      id: 3, name: "externalSalesPersonId", displayName: "External Sales Person Id",
      type: .string, length: 50),
    .init(
      id: 21, name: "createdAt", displayName: "Created At", type: .datetime,
      access: .readOnly),
    .init(
      id: 22, name: "updatedAt", displayName: "Updated At", type: .datetime,
      access: .readOnly),
  ]

  private static func text(_ id: Int64, _ name: String, _ displayName: String) -> MarketoField {
    .init(id: id, name: name, displayName: displayName, type: .string, length: 255)
  }
}
