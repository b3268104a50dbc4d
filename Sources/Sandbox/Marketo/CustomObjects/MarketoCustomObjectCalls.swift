/// Answers the calls about the records of custom objects, by way of the pattern that they share
/// with companies.
enum MarketoCustomObjectCalls {
  /// Lists the approved custom objects, without their fields.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    let names = call.parameters.list("names").map { $0.lowercased() }
    return .result(
      try call.state.customTypes().compactMap(\.object)
        .filter { names.isEmpty || names.contains($0.name.lowercased()) }
        .map { MarketoObjectDescribe.head($0) })
  }

  /// Makes a handler of one that works on the object of the call's path.
  static func on(
    _ work: @escaping @Sendable (MarketoObject, MarketoCall) throws -> MarketoAnswer
  ) -> MarketoRoute.Handler {
    { call in
      guard let object = try call.state.object("customobjects/\(call.captured["apiName"] ?? "")")
      else { throw MarketoCustomTypeCalls.notFound }
      return try work(object, call)
    }
  }
}
