import Model
import Transport

/// A look-up of records by the values of one field.
struct RecordQuery: Hashable, Sendable {
  var object: ServiceObject
  /// What the values are of; those of roles are ``RoleKey``s.
  var filter: FieldName
  var fields: [FieldName]

  /// The call for one page of what `values` find.
  func call(values: ArraySlice<String>, page token: String?) -> Call {
    if object == .opportunityRole {
      return call(keys: values.compactMap { RoleKey($0) }, page: token)
    }
    var form = [
      Parameter("filterType", filter.rawValue), Parameter("filterValues", list: values),
      Parameter("fields", list: fields.map(\.rawValue)), Parameter("batchSize", "300"),
    ]
    if let token { form.append(Parameter("nextPageToken", token)) }
    return .longRead(
      "\(object.path).json", form, attempt: "could not read \(object.words)",
      permission: object.readPermission)
  }

  /// A following page takes the whole input again.
  private func call(keys: [RoleKey], page token: String?) -> Call {
    var body: [String: JSON] = [
      "filterType": "dedupeFields", "fields": .array(fields.map { .string($0.rawValue) }),
      "batchSize": 300, "input": .array(keys.map { .object($0.members) }),
    ]
    if let token { body["nextPageToken"] = .string(token) }
    return .keyedRead(
      "\(object.path).json", JSON.object(body).encoded(),
      attempt: "could not read \(object.words)", permission: object.readPermission)
  }
}

extension MarketoClient {
  /// Everything that the values find, page by page.
  ///
  /// The service refuses more than 1,000 matches of one call: the values are then asked for in
  /// halves.
  func items(
    of query: RecordQuery, values: ArraySlice<String>
  ) async throws(ServiceError) -> [JSON] {
    var items: [JSON] = []
    var token: String?
    repeat {
      let call = query.call(values: values, page: token)
      switch try await answer(to: call) {
      case .done(let envelope):
        items += envelope.result
        token = try next(after: token, envelope, call)
      case .refused(let refusal) where refusal.isOfTooManyMatches:
        return try await halves(of: query, values, refusal, call)
      case .refused(let refusal) where refusal.treatment == .nothingThere: return items
      case .refused(let refusal): throw refusal.serviceError(for: call)
      }
    } while token != nil
    return items
  }

  private func halves(
    of query: RecordQuery, _ values: ArraySlice<String>, _ refusal: Refusal, _ call: Call
  ) async throws(ServiceError) -> [JSON] {
    guard values.count > 1 else {
      throw ServiceError(
        .setup, side: .marketo, attempt: call.attempt,
        reason: "more than 1,000 \(query.object.words) have the same \(query.filter)",
        mend: "merge or delete the duplicates in Marketo", code: refusal.code,
        requestID: refusal.requestID)
    }
    let middle = values.startIndex + values.count / 2
    return try await items(of: query, values: values[..<middle])
      + items(of: query, values: values[middle...])
  }

  /// A page that points to itself would be read for ever.
  private func next(
    after token: String?, _ envelope: Envelope, _ call: Call
  ) throws(ServiceError) -> String? {
    guard let next = envelope.nextPosition else { return nil }
    guard next != token else {
      throw ServiceError(
        .unexpectedAnswer, side: .marketo, attempt: call.attempt,
        reason: "a page names itself as the next one", requestID: envelope.requestID)
    }
    return next
  }
}

extension Refusal {
  fileprivate var isOfTooManyMatches: Bool {
    code == "1003" && message.lowercased().contains("too many results")
  }
}
