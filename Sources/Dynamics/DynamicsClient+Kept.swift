import Model
import Transport

extension DynamicsClient {
  /// What an earlier run was answered; `nil` for a call that is made each time.
  func known(_ call: DynamicsCall) async -> JSON? {
    call.isKept ? await kept.document(call.path, answering: call) : nil
  }

  /// Keeps an answer for later runs, if it is metadata.
  func keep(_ document: JSON, for call: DynamicsCall) async {
    if call.isKept { await kept.keep(document, as: call.path) }
  }

  /// Asks for all metadata of an earlier run that was used, in one call; throws where it has changed.
  func confirmKept() async throws {
    try await kept.confirm { calls in
      let anew = calls.map { call in
        var call = call
        call.isKept = false
        return call
      }
      return try await documents(anew, attempt: "could not read the columns of tables")
    }
  }
}
