import Model
import Transport

extension DynamicsConnector {
  public func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    guard !writes.isEmpty else { return [] }
    try await confirmMetadata()
    let feed = try await feed(for: schema)
    let attempt = "could not write \(feed.reader.table.entitySet)"
    let translation = WriteTranslation(
      root: client.root, schema: schema, table: feed.reader.table,
      properties: feed.reader.properties,
      navigations: try await navigations(for: writes, in: schema))
    var parts: [BatchPart] = []
    var sent: [Write] = []
    var refused: [Int64: WriteResult] = [:]
    for write in writes {
      do {
        parts.append(try translation.part(for: write))
        sent.append(write)
      } catch {
        refused[write.operation] = Self.refusal(of: write, because: error)
      }
    }
    let answered = try await results(of: sent, parts, attempt: attempt, feed: feed)
    let known = refused.merging(answered.map { ($0.operation, $0) }) { first, _ in first }
    return writes.compactMap { known[$0.operation] }
  }

  private func results(
    of writes: [Write], _ parts: [BatchPart], attempt: String, feed: RowFeed
  ) async throws -> [WriteResult] {
    guard !writes.isEmpty else { return [] }
    let answers: [HTTPResponse]
    do {
      answers = try await send(parts, attempt: attempt)
    } catch let error as ServiceError where error.mayHaveApplied {
      return writes.map {
        WriteResult(operation: $0.operation, outcome: .unknown(error), requestID: error.requestID)
      }
    }
    let outcome = PartOutcome(reader: feed.reader, attempt: attempt)
    let cut = ServiceError(
      .unexpectedAnswer, side: .dynamics, attempt: attempt,
      reason: "the answer to the batch lacks this write", mayHaveApplied: true)
    var verdicts: [PartOutcome.Verdict] = []
    for (place, write) in writes.enumerated() {
      verdicts.append(
        place < answers.count
          ? outcome.verdict(on: write, answers[place]) : .settled(.unknown(cut)))
    }
    let standing = await standing(verdicts, writes, feed)
    return zip(writes, verdicts).enumerated().map { place, pair in
      WriteResult(
        operation: pair.0.operation, outcome: Self.outcome(pair.1, pair.0, standing: standing),
        requestID: place < answers.count ? ServiceAnswer.requestID(of: answers[place]) : nil)
    }
  }

  /// The ids, among the creates that met a clash, that a record already has; `nil` if it could not be
  /// found out.
  ///
  /// Throws nothing, whatever goes wrong: the batch is done, and its results must be told.
  private func standing(
    _ verdicts: [PartOutcome.Verdict], _ writes: [Write], _ feed: RowFeed
  ) async -> Set<RecordID>? {
    let doubtful = zip(verdicts, writes).compactMap { verdict, write in
      if case .clash = verdict { write.id } else { nil }
    }
    guard !doubtful.isEmpty else { return [] }
    do {
      return Set(try await feed.find(ids: doubtful).map(\.id))
    } catch {
      return nil
    }
  }

  private static func outcome(
    _ verdict: PartOutcome.Verdict, _ write: Write, standing: Set<RecordID>?
  ) -> WriteResult.Outcome {
    switch verdict {
    case .settled(let outcome): outcome
    case .clash(let rejection):
      standing?.contains(write.id) ?? true ? .overtaken : .rejected(rejection)
    }
  }

  /// The parts of the answer; some may be missing at the end.
  ///
  /// Throws a ``ServiceError`` that tells whether anything may have been applied.
  private func send(_ parts: [BatchPart], attempt: String) async throws -> [HTTPResponse] {
    let call = DynamicsCall(
      method: "POST", path: "\(client.root)/$batch", headers: BatchRequest.headers,
      body: BatchRequest.body(parts), attempt: attempt, isWrite: true, mayQuote: true)
    let response = try await client.send(call) { BatchResponse.parts(of: $0)?.isEmpty == false }
    guard let answers = BatchResponse.parts(of: response) else {
      throw ServiceError(
        .unexpectedAnswer, side: .dynamics, attempt: attempt,
        reason: "the answer to the batch has no parts", code: "HTTP \(response.status)",
        requestID: ServiceAnswer.requestID(of: response), mayHaveApplied: true)
    }
    // Only parts that failed carry a name of their own; the others have the batch's.
    guard let batch = ServiceAnswer.requestID(of: response) else { return answers }
    return answers.map { part in
      guard ServiceAnswer.requestID(of: part) == nil else { return part }
      var named = part
      named.headers.append(.init("x-ms-service-request-id", batch))
      return named
    }
  }

  private func navigations(
    for writes: [Write], in schema: ObjectSchema
  ) async throws -> [WriteTranslation.LookupTarget: WriteTranslation.Navigation] {
    let targets = Set(writes.flatMap { WriteTranslation.targets(of: $0, in: schema) })
    var navigations: [WriteTranslation.LookupTarget: WriteTranslation.Navigation] = [:]
    for target in targets {
      let name = try await catalog.navigation(
        from: target.column, of: schema.object, to: target.object)
      guard let name else { continue }
      let set: String? =
        if let object = target.object { try await catalog.table(object).entitySet } else { nil }
      navigations[target] = .init(name: name, entitySet: set)
    }
    return navigations
  }

  private static func refusal(of write: Write, because error: Unwritable) -> WriteResult {
    WriteResult(
      operation: write.operation,
      outcome: .rejected(
        Rejection(
          code: "dynsync:lookup",
          message: "'\(error.field)' cannot point at that kind of record", field: error.field)))
  }
}
