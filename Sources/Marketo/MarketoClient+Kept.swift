import Model
import Transport

extension MarketoClient {
  /// What an earlier run was answered; `nil` for a call that is made each time.
  func known(_ call: Call) async -> Envelope? {
    guard call.isKept, let items = await kept.document(call.path, answering: call)?.array else {
      return nil
    }
    return Envelope(result: items)
  }

  /// Keeps a description for later runs.
  func keep(_ answer: Answer, to call: Call) async {
    guard call.isKept, case .done(let envelope) = answer, !envelope.result.isEmpty else { return }
    await kept.keep(.array(envelope.result), as: call.path)
  }

  /// Asks for all descriptions of an earlier run that were used; throws where one has changed.
  func confirmKept() async throws {
    try await kept.confirm { calls in
      var answers: [JSON] = []
      for var call in calls {
        call.isKept = false
        answers.append(.array(try await envelope(of: call).result))
      }
      return answers
    }
  }
}
