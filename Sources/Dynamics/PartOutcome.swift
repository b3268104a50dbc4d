import Model
import Transport

/// Decides what a part of a batch's answer means for its write.
struct PartOutcome: Sendable {
  let reader: RowReader
  let attempt: String

  /// What became of a write.
  enum Verdict: Hashable, Sendable {
    case settled(WriteResult.Outcome)
    /// A create met a record with its id, or with another unique value: only a look tells which.
    case clash(Rejection)
  }

  func verdict(on write: Write, _ part: HTTPResponse) -> Verdict {
    let answer = ServiceAnswer(part)
    if (200..<300).contains(part.status) { return .settled(applied(write, part)) }
    if answer.isPostponement || part.status == 503 || part.status == 401 {
      return .settled(.postponed(error(answer)))
    }
    switch part.status {
    case 404: return .settled(missing(write, answer))
    case 412: return conflict(write, answer)
    case 400..<500: return .settled(.rejected(rejection(of: write, answer)))
    default:
      var error = error(answer)
      error.mayHaveApplied = true
      return .settled(.unknown(error))
    }
  }

  private func applied(_ write: Write, _ part: HTTPResponse) -> WriteResult.Outcome {
    let row = try? JSON(parsing: part.body)
    let record = row.flatMap { try? reader.read($0) }?.record
    return .applied(id: record?.id ?? write.id, record: record)
  }

  /// A 404 may mean the record itself, or one that a look-up points at; the words name its id.
  private func missing(_ write: Write, _ answer: ServiceAnswer) -> WriteResult.Outcome {
    let message = answer.message.lowercased()
    let isAboutTarget = write.fields.values.contains { value in
      if case .reference(let target) = value { message.contains(target.id.text) } else { false }
    }
    if case .create = write.action { return .rejected(rejection(of: write, answer)) }
    return isAboutTarget && !message.contains(write.id.text)
      ? .rejected(rejection(of: write, answer)) : .gone
  }

  private func conflict(_ write: Write, _ answer: ServiceAnswer) -> Verdict {
    let duplicates = ["0x80060892", "0x80040237", "0x80040333"]
    let isDuplicate = answer.code.map(duplicates.contains) ?? false
    if case .create = write.action { return .clash(rejection(of: write, answer)) }
    return .settled(isDuplicate ? .rejected(rejection(of: write, answer)) : .overtaken)
  }

  private func rejection(of write: Write, _ answer: ServiceAnswer) -> Rejection {
    Rejection(
      code: answer.code ?? "HTTP \(answer.status)", message: answer.message,
      field: blamed(write, answer))
  }

  private func blamed(_ write: Write, _ answer: ServiceAnswer) -> FieldName? {
    let byWords = BlamedField.find(in: answer.message, among: write, of: reader.schema)
    guard byWords == nil else { return byWords }
    let message = answer.message.lowercased()
    return write.fields.first { _, value in
      if case .reference(let target) = value { message.contains(target.id.text) } else { false }
    }?.key
  }

  private func error(_ answer: ServiceAnswer) -> ServiceError {
    var error = answer.serviceError(for: DynamicsCall(path: "", attempt: attempt, mayQuote: true))
    error.mayHaveApplied = false
    return error
  }
}

extension Write {
  /// The record that it is about; for a create, the one that it makes.
  var id: RecordID {
    switch action {
    case .create(let key): .dynamics(key.lowercased())
    case .update(let id, _), .delete(let id): id
    }
  }
}
