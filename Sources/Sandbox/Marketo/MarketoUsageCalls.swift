/// Answers the calls about calls.
enum MarketoUsageCalls {
  /// The calls of each day, newest first, by user; today is always there.
  static func usage(_ call: MarketoCall, days: Int) throws -> MarketoAnswer {
    .result(
      try dates(call, days).map { day in
        let users = try call.state.usage(day: day)
        return .members([
          "date": .string(day), "total": .integer(users.reduce(0) { $0 + $1.calls }),
          "users": .array(
            users.map { .members(["userId": .string($0.user), "count": .integer($0.calls)]) }),
        ])
      })
  }

  /// The failed calls of each day, newest first, by code.
  static func errors(_ call: MarketoCall, days: Int) throws -> MarketoAnswer {
    .result(
      try dates(call, days).map { day in
        let errors = try call.state.errors(day: day)
        return .members([
          "date": .string(day), "total": .integer(errors.reduce(0) { $0 + $1.calls }),
          "errors": .array(
            errors.map {
              .members(["errorCode": .string(String($0.code)), "count": .integer($0.calls)])
            }),
        ])
      })
  }

  private static func dates(_ call: MarketoCall, _ days: Int) -> [String] {
    (0..<Int64(days)).map { MarketoInstant.centralDay(call.state.now - $0 * 86_400) }
  }
}
