import Model
import Transport

/// Reads what became of each record of a write.
struct OutcomeReader: Sendable {
  let form: WriteForm

  /// One result for each write, in their order.
  ///
  /// A write whose item is missing or unclear may have been applied.
  func results(of writes: [Write], in envelope: Envelope, call: Call) -> [WriteResult] {
    let items = items(envelope.result, count: writes.count)
    return writes.enumerated().map { position, write in
      let status = items[position].map(RecordStatus.init) ?? .unclear
      return WriteResult(
        operation: write.operation, outcome: outcome(of: status, for: write, envelope, call),
        requestID: envelope.requestID)
    }
  }

  /// A whole call that was refused for its data, when it carried but one write.
  func outcome(of refusal: Refusal, for write: Write, call: Call) -> WriteResult.Outcome {
    skipped(
      RecordStatus.Reason(code: refusal.code, message: refusal.message), write,
      refusal.requestID, call)
  }

  /// Items come in the order of the input; those of standard objects say their place as well.
  private func items(_ items: [JSON], count: Int) -> [Int: JSON] {
    let places = items.compactMap { $0["seq"]?.integer.map(Int.init) }
    if places.count == items.count {
      return Dictionary(zip(places, items)) { first, _ in first }
    }
    return items.count == count
      ? Dictionary(uniqueKeysWithValues: items.enumerated().map { $0 }) : [:]
  }

  private func outcome(
    of status: RecordStatus, for write: Write, _ envelope: Envelope, _ call: Call
  ) -> WriteResult.Outcome {
    switch status {
    case .done(let id):
      guard let id = identity(of: write, told: id) else { return unclear(envelope, call) }
      return .applied(id: id, record: nil)
    case .skipped(let reason): return skipped(reason, write, envelope.requestID, call)
    case .unclear: return unclear(envelope, call)
    }
  }

  /// A standard object is known by its key, not by the id that the service made for it.
  private func identity(of write: Write, told id: String?) -> RecordID? {
    switch write.action {
    case .create(let key): form.object == .person ? id.map(RecordID.marketo) : .marketo(key)
    case .update(let id, _), .delete(let id): id
    }
  }

  private func skipped(
    _ reason: RecordStatus.Reason, _ write: Write, _ requestID: String?, _ call: Call
  ) -> WriteResult.Outcome {
    switch (Int(reason.code), form.kind) {
    case (1004, .update) where form.object == .person: .gone
    case (1004, .delete): .gone
    case (1013, .update) where mayBeGone(write): .gone
    case (1013, .delete): .gone
    case (1005, .create), (1017, .create): .overtaken
    case (500, _), (502, _), (604, _), (606, _), (607, _), (608, _), (611, _), (615, _), (713, _),
      (719, _), (1014, _), (1016, _), (1019, _), (1020, _), (1029, _):
      .postponed(postponement(reason, requestID, call))
    default:
      .rejected(
        Rejection(
          code: reason.code, message: reason.message,
          field: Blame(reason, of: write, in: form.schema).field))
    }
  }

  /// "Not found" may mean what the record points to: a person's company or sales person, an
  /// opportunity's company, or the company that a custom object hangs on.
  ///
  /// What is to be written is looked for just before, so that a link is the likelier one.
  private func mayBeGone(_ write: Write) -> Bool {
    switch form.object {
    case .person: false
    case .opportunity: write.fields[ServiceObject.companyKey] == nil
    case .custom: form.schema.parent.flatMap { write.fields[$0.name] } == nil
    case .company, .salesPerson, .opportunityRole: true
    }
  }

  /// A skipped record was not written, whatever the same code may mean for a whole call.
  private func postponement(
    _ reason: RecordStatus.Reason, _ requestID: String?, _ call: Call
  ) -> ServiceError {
    let refusal = Refusal(code: reason.code, message: reason.message, requestID: requestID)
    var error = refusal.serviceError(for: call)
    error.mayHaveApplied = false
    return error
  }

  private func unclear(_ envelope: Envelope, _ call: Call) -> WriteResult.Outcome {
    .unknown(
      ServiceError(
        .unexpectedAnswer, side: .marketo, attempt: call.attempt,
        reason: "the answer does not say what became of the record",
        requestID: envelope.requestID, mayHaveApplied: true))
  }
}
