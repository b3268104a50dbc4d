extension DynamicsSession {
  /// Answers `$batch`: parts run in order, each alone, a change set as a whole.
  ///
  /// `fault` may replace the answer of a part; `identify` gives the id of a part's error.
  func batch(
    _ call: DynamicsCall, fault: (DynamicsCall) throws -> DynamicsFailure?,
    identify: @escaping () -> String
  ) throws -> DynamicsAnswer {
    try expect("POST", call)
    let batch = try DynamicsBatch(call)
    guard batch.count <= 1000 else {
      throw DynamicsFailure(
        400, "0x80040216",
        "The number of operations exceeds the maximum of 1000 in one batch request.")
    }
    let goesOn = call.preferences.continuesOnError
    var body = DynamicsBatchBody(
      boundary: "batchresponse_\(identify())", identify: identify)
    var status = 200
    for item in batch.items {
      let failed: DynamicsAnswer?
      switch item {
      case .single(let part): failed = try single(part, fault, &body)
      case .changeSet(let parts): failed = try changeSet(parts, fault, &body)
      }
      guard let failed, !goesOn else { continue }
      status = (400..<500).contains(failed.status) && failed.status != 429 ? 400 : failed.status
      break
    }
    return body.finished(status: status)
  }

  private func single(
    _ part: DynamicsBatch.Part, _ fault: (DynamicsCall) throws -> DynamicsFailure?,
    _ body: inout DynamicsBatchBody
  ) throws -> DynamicsAnswer? {
    var answer = DynamicsAnswer(status: 200)
    var isRefused = false
    do {
      let call = try resolved(part)
      if let failure = try fault(call) { throw failure }
      try rows.savepoint {
        answer = try respond(to: call)
      }
    } catch let failure as DynamicsFailure {
      answer = failure.answer(part.call.preferences)
      isRefused = true
    }
    body.add(answer, contentID: nil)
    return isRefused ? answer : nil
  }

  private func changeSet(
    _ parts: [DynamicsBatch.Part], _ fault: (DynamicsCall) throws -> DynamicsFailure?,
    _ body: inout DynamicsBatchBody
  ) throws -> DynamicsAnswer? {
    var session = self
    session.contentIDs = [:]
    var answers: [(DynamicsAnswer, String?)] = []
    var preferences = DynamicsPreferences(nil)
    do {
      for part in parts {
        if let failure = try fault(part.call) { throw failure }
      }
      try rows.savepoint {
        for part in parts {
          preferences = part.call.preferences
          let answer = try session.respond(to: session.resolved(part))
          answers.append((answer, part.contentID))
          guard let contentID = part.contentID, let url = answer.entity else { continue }
          session.contentIDs["$\(contentID)"] = url
        }
      }
    } catch let failure as DynamicsFailure {
      let answer = failure.answer(preferences)
      body.add(answer, contentID: nil)
      return answer
    }
    body.addChangeSet(answers)
    return nil
  }

  /// The call of a part, with its address taken apart and its reference followed.
  private func resolved(_ part: DynamicsBatch.Part) throws -> DynamicsCall {
    var call = part.call
    var url = part.url
    if url.hasPrefix("$") {
      let reference = String(url.prefix { $0 != "/" && $0 != "?" })
      guard let known = contentIDs[reference] else { throw DynamicsFailure.contentID(reference) }
      url = known + url.dropFirst(reference.count)
    }
    if let root = url.firstRange(of: "/api/data/v9.") {
      url = String(url[root.upperBound...].drop { $0 != "/" }.dropFirst())
    }
    let pieces = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    call.path = String(pieces.first ?? "")
    call.query = pieces.count > 1 ? String(pieces[1]) : ""
    guard !call.path.hasPrefix("$batch") else {
      throw DynamicsFailure(400, "0x80060888", "A batch cannot contain a batch.")
    }
    return call
  }
}
