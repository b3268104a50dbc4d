/// Every call that the sandbox answers below `/rest`.
enum MarketoRoutes {
  /// The table of routes; a path that fits none is error 610.
  static let all: [MarketoRoute] =
    persons + personSchema + activities + customActivities + MarketoObject.all.flatMap(object)
    + customObjects
    + usage

  private static let persons: [MarketoRoute] = [
    .get("/rest/v1/leads.json", "Lead", MarketoPersonQuery.byFilter),
    .get("/rest/v1/lead/{id}.json", "Lead", MarketoPersonQuery.byID),
    .post("/rest/v1/leads.json", "Lead", MarketoPersonSync.answer),
    .post("/rest/v1/leads/delete.json", "Lead", body: .optionalJSON, MarketoPersonDelete.answer),
    .post(
      "/rest/v1/leads.json", "Lead", body: .optionalJSON, method: "DELETE",
      MarketoPersonDelete.answer),
    .post("/rest/v1/leads/{id}/merge.json", "Lead", body: .none, MarketoPersonMerge.answer),
    .get("/rest/v1/leads/partitions.json", "Lead", MarketoPartitionCalls.list),
    .post("/rest/v1/leads/partitions.json", "Lead", MarketoPartitionCalls.move),
  ]

  private static let personSchema: [MarketoRoute] = [
    .get("/rest/v1/leads/describe.json", "Lead", MarketoPersonDescribe.first),
    .get("/rest/v1/leads/describe2.json", "Lead", MarketoPersonDescribe.second),
    .get("/rest/v1/leads/schema/fields.json", "Schema Standard Field", MarketoSchemaFields.list),
    .get(
      "/rest/v1/leads/schema/fields/{name}.json", "Schema Standard Field",
      MarketoSchemaFields.one),
    .post("/rest/v1/leads/schema/fields.json", "Schema Custom Field", MarketoSchemaFields.create),
    .post(
      "/rest/v1/leads/schema/fields/{name}.json", "Schema Custom Field",
      MarketoSchemaFields.update),
  ]

  private static let activities: [MarketoRoute] = [
    .get("/rest/v1/activities/types.json", "Activity", MarketoActivityCalls.types),
    .get("/rest/v1/activities/pagingtoken.json", "Activity", MarketoActivityCalls.pagingToken),
    .get("/rest/v1/activities.json", "Activity", MarketoActivityCalls.list),
    .get("/rest/v1/activities/leadchanges.json", "Activity", MarketoActivityCalls.changes),
    .get("/rest/v1/activities/deletedleads.json", "Activity", MarketoActivityCalls.deletions),
  ]

  private static let usage: [MarketoRoute] = [
    .get("/rest/v1/stats/usage.json", nil) { try MarketoUsageCalls.usage($0, days: 1) },
    .get("/rest/v1/stats/usage/last7days.json", nil) { try MarketoUsageCalls.usage($0, days: 7) },
    .get("/rest/v1/stats/errors.json", nil) { try MarketoUsageCalls.errors($0, days: 1) },
    .get("/rest/v1/stats/errors/last7days.json", nil) {
      try MarketoUsageCalls.errors($0, days: 7)
    },
  ]

  private static func object(_ object: MarketoObject) -> [MarketoRoute] {
    let path = "/rest/v1/\(object.path)"
    let permission = object.permission
    return [
      .get("\(path)/describe.json", permission) { MarketoObjectDescribe.answer(object, $0) },
      .get("\(path).json", permission) { try MarketoObjectQuery.answer(object, $0) },
      .post("\(path).json", permission) { try MarketoObjectSync.answer(object, $0) },
      .post("\(path)/delete.json", permission) { try MarketoObjectDelete.answer(object, $0) },
    ]
  }
}
