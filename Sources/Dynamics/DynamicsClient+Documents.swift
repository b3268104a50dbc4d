import Model
import Transport

extension DynamicsClient {
  /// The documents that reads answer with, in their order, in as few calls as a batch allows.
  ///
  /// A part that was turned away, or is missing in the answer, is asked for again by itself: the
  /// error or the document that comes then is its own.
  func documents(_ calls: [DynamicsCall], attempt: String) async throws -> [JSON] {
    var documents: [JSON?] = []
    for call in calls { documents.append(await known(call)) }
    let unknown = zip(calls, documents).filter { $0.1 == nil }.map(\.0)
    var read = try await read(unknown, attempt: attempt)[...]
    return documents.compactMap { $0 ?? read.popFirst() }
  }

  private func read(_ calls: [DynamicsCall], attempt: String) async throws -> [JSON] {
    var documents: [JSON] = []
    var rest = calls[...]
    while !rest.isEmpty {
      let chunk = Array(rest.prefix(Self.readsPerBatch))
      rest = rest.dropFirst(Self.readsPerBatch)
      guard chunk.count > 1 else {
        for call in chunk { documents.append(try await document(call)) }
        continue
      }
      let answers = try await answers(to: chunk, attempt: attempt)
      for (place, call) in chunk.enumerated() {
        let answer = place < answers.count ? answers[place] : nil
        if let answer, answer.status == 200, let document = try? JSON(parsing: answer.body) {
          await keep(document, for: call)
          documents.append(document)
        } else {
          documents.append(try await document(call))
        }
      }
    }
    return documents
  }

  /// A batch may hold a thousand; fewer end well before the service's two minutes are over.
  private static let readsPerBatch = 100

  private func answers(to calls: [DynamicsCall], attempt: String) async throws -> [HTTPResponse] {
    let parts = calls.map { call in
      BatchPart(
        method: call.method, path: call.path,
        headers: call.headers + [.init("Accept", "application/json")])
    }
    let response = try await send(
      DynamicsCall(
        method: "POST", path: "\(root)/$batch", headers: BatchRequest.headers,
        body: BatchRequest.body(parts), attempt: attempt))
    return BatchResponse.parts(of: response) ?? []
  }
}
