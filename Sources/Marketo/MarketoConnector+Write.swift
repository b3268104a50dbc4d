import Model

extension MarketoConnector {
  /// Carries out a batch: creates, updates and deletes are calls of their own, and so is what does
  /// not fit into 1 MB.
  ///
  /// Marketo has no precondition: a version is not looked at.
  public func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    let object = try known(schema.object, attempt: "could not write \(schema.object.name)")
    try await confirmMetadata()
    return try await WriteDelivery.deliver(writes, to: schema, object: object, client: client)
  }
}
