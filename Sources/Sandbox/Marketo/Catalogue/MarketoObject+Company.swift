extension MarketoObject {
  /// Companies: the key is `externalCompanyId`, and their persons show their values.
  static let company = MarketoObject(
    path: "companies", name: "Company", permission: "Company", idField: "id",
    dedupeFields: ["externalCompanyId"],
    searchableFields: [["externalCompanyId"], ["id"], ["company"]],
    fields: MarketoCompanyFields.own + MarketoCompanyFields.shared,
    references: [
      .init(
        field: "externalSalesPersonId",
        target: .object(path: "salespersons", field: "externalSalesPersonId"))
    ],
    uses: [
      .members,
      .objects(path: "opportunities", field: "externalCompanyId", key: "externalCompanyId"),
    ], isShownByPersons: true)
}
