import Model

/// A service that has metadata and nothing else.
actor DescribedService: Connector {
  nonisolated let side: Side
  private let schemas: [ObjectType: ObjectSchema]
  private let organisation: String
  /// What it was told to make.
  private(set) var definitions: [ObjectDefinition] = []

  init(_ side: Side, organisation: String = "ours", _ schemas: [ObjectSchema] = []) {
    self.side = side
    self.organisation = organisation
    self.schemas = Dictionary(uniqueKeysWithValues: schemas.map { ($0.object, $0) })
  }

  func identify() -> PeerIdentity {
    PeerIdentity(side: side, host: "\(side).example", organisation: organisation, user: "sync")
  }

  func provision(_ objects: [ObjectDefinition]) -> [String] {
    definitions += objects
    return objects.map(\.object.name)
  }

  func describe(_ object: ObjectType, selecting fields: [FieldName]) throws -> ObjectSchema {
    guard var schema = schemas[object] else {
      throw ServiceError(
        .schema(nil), side: side, attempt: "could not describe \(object.name)",
        reason: "\(object) does not exist")
    }
    schema.fields = schema.fields.filter { fields.contains($0.key) }
    return schema
  }

  func changes(in schema: ObjectSchema, after watermark: Watermark?) throws -> ChangePage {
    throw unasked
  }

  func find(in schema: ObjectSchema, by lookup: Lookup, values: [String]) throws -> [Record] {
    throw unasked
  }

  func history(of ids: [RecordID], since: Instant) throws -> [Notice] { throw unasked }

  func write(_ writes: [Write], to schema: ObjectSchema) throws -> [WriteResult] { throw unasked }

  nonisolated func batchSize(for object: ObjectType) -> Int { 1 }

  nonisolated var settlingTime: Duration { .zero }

  var callCount: Int { 0 }

  nonisolated var outcomeLog: (any OutcomeLog)? { DescribedLog() }

  private var unasked: ServiceError {
    ServiceError(.unavailable(retryAfter: nil), side: side, attempt: "call", reason: "not here")
  }
}

/// A log that can be made and nothing else.
private struct DescribedLog: OutcomeLog {
  let batchSize = 1
  let settlingTime = Duration.zero

  func provision() -> [String] { ["outcomes"] }
  func keys(of activities: [OutcomeActivity]) -> Set<String> { [] }
  func write(_ activities: [OutcomeActivity]) -> [OutcomeActivityResult] { [] }
}
