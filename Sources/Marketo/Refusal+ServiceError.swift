import Model

extension Refusal {
  /// Whether the same call may be made again at once without a person and without harm.
  func mayRepeat(_ call: Call) -> Bool {
    switch treatment {
    case .slowDown: true
    case .backOff(let isCertain): isCertain || !call.isWrite
    default: false
    }
  }

  /// The refusal in the words of ``ServiceError``; never with the service's own, which may quote data.
  func serviceError(for call: Call) -> ServiceError {
    let (kind, reason, mend) = account(of: call)
    return ServiceError(
      kind, side: .marketo, attempt: call.attempt, reason: reason, mend: mend,
      code: code.isEmpty ? nil : code, requestID: requestID,
      mayHaveApplied: call.isWrite && treatment == .backOff(isCertain: false))
  }

  private typealias Account = (kind: ServiceError.Kind, reason: String, mend: String?)

  private func account(of call: Call) -> Account {
    switch treatment {
    case .renewToken:
      (
        .credentials, "a new access token was refused too",
        "check that the custom service and its API user still stand in Admin > LaunchPoint"
      )
    case .slowDown(let seconds):
      (
        .rateLimited(retryAfter: retryAfter ?? seconds.map { .seconds($0) }),
        "all clients of the subscription together make too many calls", nil
      )
    case .stopForToday:
      (
        .quotaExhausted, "the subscription's share of today is used up",
        "wait until midnight in US Central time, or ask Adobe for more"
      )
    case .backOff: unavailable
    case .denied:
      (
        .rights, "access denied",
        "give the API user's role the permission \(call.permission), "
          + "and put this computer on the allow list if there is one"
      )
    case .notSetUp: notSetUp
    case .missingField:
      (
        .schema(field), "\(field.map { "the field \($0)" } ?? "a field") does not exist",
        "take it out of the configuration, or make it in Admin > Field Management"
      )
    case .refusedData: (kind(of: call), "the data of the call were refused", nil)
    case .nothingThere: (.unexpectedAnswer, "nothing was found", nil)
    case .misuse: (kind(of: call), "the service does not take such a call", nil)
    }
  }

  /// One record's data may spoil a whole write, as with characters that make no JSON (609).
  private func kind(of call: Call) -> ServiceError.Kind {
    call.isWrite ? .refusedCall : .unexpectedAnswer
  }

  private var unavailable: Account {
    switch Int(code) ?? 0 {
    case 502, 504, 604: (.timedOut, "the service ran out of time", nil)
    case 500, 503, 608, 611, 614, 713, 719, 1014, 1016, 1019, 1029:
      (.unavailable(retryAfter: retryAfter), "the service cannot do it now", nil)
    default:
      (.unexpectedAnswer, "the answer is none that the service's documentation knows", nil)
    }
  }

  private var notSetUp: Account {
    switch Int(code) ?? 0 {
    case 1018:
      (
        .setup, "a native CRM sync manages these records",
        "turn the native sync off, or take the entities that it keeps out"
      )
    case 1008...1010:
      (.setup, "the partition was refused", "check marketo.partition and the API user's workspaces")
    case 1011:
      (
        .setup, "persons cannot be looked up by this field",
        "set marketo.person_key to a custom field of type string"
      )
    case 616, 703, 1026:
      (.setup, "the subscription does not include this", "ask Adobe for the feature")
    default: (.setup, "there is no such service at this address", "check marketo.url")
    }
  }

  /// The field of `Field 'x' not found`.
  private var field: FieldName? {
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 3 ? FieldName(String(parts[1])) : nil
  }
}
