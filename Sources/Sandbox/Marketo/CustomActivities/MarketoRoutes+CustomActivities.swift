extension MarketoRoutes {
  /// The calls about custom activities and their types.
  static let customActivities: [MarketoRoute] =
    [
      .get("\(path)/types.json", metadata, MarketoCustomActivityTypeCalls.list),
      .get("\(type)/describe.json", metadata, MarketoCustomActivityTypeCalls.describe),
      .post("\(path)/type.json", metadata, MarketoCustomActivityTypeCalls.make),
      .post("\(type)/approve.json", metadata, body: .none, MarketoCustomActivityTypeCalls.approve),
      .post(
        "\(type)/discardDraft.json", metadata, body: .none,
        MarketoCustomActivityTypeCalls.discardDraft),
      .post("\(type)/delete.json", metadata, body: .none, MarketoCustomActivityTypeCalls.delete),
      .post("\(type).json", metadata, MarketoCustomActivityTypeCalls.update),
      .post("\(path).json", "Activity", MarketoCustomActivityCalls.add),
    ] + attributes

  private static let attributes: [MarketoRoute] = [
    .post(
      "\(type)/attributes/create.json", metadata, MarketoCustomActivityAttributeCalls.create),
    .post(
      "\(type)/attributes/update.json", metadata, MarketoCustomActivityAttributeCalls.update),
    .post(
      "\(type)/attributes/delete.json", metadata, MarketoCustomActivityAttributeCalls.delete),
  ]

  private static let path = "/rest/v1/activities/external"
  private static let type = "\(path)/type/{apiName}"
  private static let metadata = "Activity Metadata"
}
