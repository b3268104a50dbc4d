extension MarketoObject {
  /// Sales persons: the owners of persons and companies, kept by API alone.
  static let salesPerson = MarketoObject(
    path: "salespersons", name: "SalesPerson", permission: "Sales Person", idField: "id",
    dedupeFields: ["externalSalesPersonId"],
    searchableFields: [["externalSalesPersonId"], ["id"], ["email"]],
    fields: [
      .init(id: 1, name: "id", displayName: "Id", type: .integer, access: .systemKey),
      .init(
        id: 2, name: "externalSalesPersonId", displayName: "External Sales Person Id",
        type: .string, length: 50),
      .init(id: 3, name: "email", displayName: "Email Address", type: .email, length: 255),
      .init(id: 4, name: "firstName", displayName: "First Name", type: .string, length: 255),
      .init(id: 5, name: "lastName", displayName: "Last Name", type: .string, length: 255),
      .init(id: 6, name: "title", displayName: "Job Title", type: .string, length: 255),
      .init(id: 7, name: "phone", displayName: "Phone Number", type: .phone, length: 255),
      .init(id: 8, name: "fax", displayName: "Fax Number", type: .phone, length: 255),
      .init(
        id: 9, name: "createdAt", displayName: "Created At", type: .datetime,
        access: .readOnly),
      .init(
        id: 10, name: "updatedAt", displayName: "Updated At", type: .datetime,
        access: .readOnly),
    ],
    uses: [
      .persons(field: "externalSalesPersonId", key: "externalSalesPersonId"),
      .objects(
        path: "companies", field: "externalSalesPersonId", key: "externalSalesPersonId"),
      .objects(
        path: "opportunities", field: "externalSalesPersonId", key: "externalSalesPersonId"),
    ],
    showsAllFields: true)
}
