extension MarketoRoutes {
  /// The calls about custom objects; those about types come first, since `schema` would fit as
  /// the name of an object.
  static let customObjects: [MarketoRoute] = types + records

  private static let types: [MarketoRoute] = [
    schemaGet("", MarketoCustomTypeCalls.list),
    schemaPost("", body: .json, MarketoCustomTypeCalls.sync),
    schemaGet("/fieldDataTypes", MarketoCustomTypeFields.dataTypes),
    schemaGet("/linkableObjects", MarketoLinkableObjects.list),
    schemaGet("/{apiName}/describe", MarketoCustomTypeCalls.describe),
    schemaGet("/{apiName}/dependentAssets", MarketoCustomTypeCalls.dependentAssets),
    schemaPost("/{apiName}/addField", body: .json, MarketoCustomTypeFields.add),
    schemaPost("/{apiName}/deleteField", body: .json, MarketoCustomTypeFields.delete),
    schemaPost("/{apiName}/approve", body: .none, MarketoCustomTypeCalls.approve),
    schemaPost("/{apiName}/discardDraft", body: .none, MarketoCustomTypeCalls.discardDraft),
    schemaPost("/{apiName}/delete", body: .none, MarketoCustomTypeCalls.delete),
    schemaPost(
      "/{apiName}/{fieldApiName}/updateField", body: .json, MarketoCustomTypeFields.update),
  ]

  private static let records: [MarketoRoute] = [
    .get("\(path).json", permission, switched(MarketoCustomObjectCalls.list)),
    .get("\(path)/{apiName}/describe.json", permission, on(MarketoObjectDescribe.answer)),
    .get("\(path)/{apiName}.json", permission, on(MarketoObjectQuery.answer)),
    .post("\(path)/{apiName}.json", permission, on(MarketoObjectSync.answer)),
    .post("\(path)/{apiName}/delete.json", permission, on(MarketoObjectDelete.answer)),
  ]

  private static let path = "/rest/v1/customobjects"
  private static let permission = "Custom Object"

  private static func on(
    _ work: @escaping @Sendable (MarketoObject, MarketoCall) throws -> MarketoAnswer
  ) -> MarketoRoute.Handler {
    switched(MarketoCustomObjectCalls.on(work))
  }

  private static func switched(
    _ handler: @escaping MarketoRoute.Handler
  ) -> MarketoRoute.Handler {
    { call in
      guard !call.state.settings.isOn(.noCustomObjects) else {
        throw MarketoFailure(1026, "Custom objects are not enabled")
      }
      return try handler(call)
    }
  }

  private static func entitled(
    _ handler: @escaping MarketoRoute.Handler
  ) -> MarketoRoute.Handler {
    { call in
      guard !call.state.settings.isOn(.noCustomTypes) else {
        throw MarketoFailure(616, "Subscription type is not entitled")
      }
      return try handler(call)
    }
  }

  private static func schemaGet(
    _ call: String, _ handler: @escaping MarketoRoute.Handler
  ) -> MarketoRoute {
    .get("\(path)/schema\(call).json", "\(permission) Type", entitled(handler))
  }

  private static func schemaPost(
    _ call: String, body: MarketoRoute.Body, _ handler: @escaping MarketoRoute.Handler
  ) -> MarketoRoute {
    .post("\(path)/schema\(call).json", "\(permission) Type", body: body, entitled(handler))
  }
}
