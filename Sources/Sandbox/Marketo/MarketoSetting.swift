/// The switches that a test turns at `POST /sandbox/marketo/settings`.
enum MarketoSetting: String, CaseIterable, Sendable {
  /// Seconds that a new token lives.
  case tokenLifetime = "marketo_token_lifetime"
  /// Calls allowed in 20 seconds.
  case rateLimit = "marketo_rate_limit"
  /// Calls allowed at one time.
  case concurrencyLimit = "marketo_concurrency_limit"
  /// Calls allowed in a day.
  case dailyQuota = "marketo_daily_quota"
  /// `{"code":…,"count":…,"path":…,"body":…}`: the next calls, to such a path or with such a text in
  /// the body, fail so; `{"status":502,"count":1}` answers
  /// the HTML page of a gateway.
  case failNext = "marketo_fail_next"
  /// How many writes are carried out and then answered with the gateway's 502.
  case loseAnswerAfterWrite = "marketo_lose_answer_after_write"
  /// Whether text past its field's length is cut instead of refused.
  case cutOverlong = "marketo_cut_overlong"
  /// Permissions that the API user lacks, separated by commas.
  case deniedPermissions = "marketo_denied_permissions"
  /// Whether a native CRM sync owns companies and sales persons (error 1018).
  case nativeCRM = "marketo_native_crm"
  /// Whether the subscription has no custom objects (error 1026).
  case noCustomObjects = "marketo_no_custom_objects"
  /// Whether the subscription may not make custom object types by API (error 616).
  case noCustomTypes = "marketo_no_custom_types"
  /// Whether activities.json shows Delete Lead.
  case deletesInActivities = "marketo_deletes_in_activities"
  /// Whether a merge logs Delete Lead for the losers.
  case mergeLogsDelete = "marketo_merge_logs_delete"
  /// How many of the next activity pages come empty with more behind them.
  case emptyActivityPages = "marketo_empty_activity_pages"
  /// `{"seconds":…,"count":…}`: the next activities are logged as if that much earlier.
  case lateActivities = "marketo_late_activities"
  /// `normal`, `missing` or `shared`: what stands as `id` of an activity, which is no identity.
  case activityIDs = "marketo_activity_ids"

  /// What holds where the setting was not touched.
  var whenUntouched: MarketoJSON {
    switch self {
    case .tokenLifetime: .number("3600")
    case .rateLimit: .number("100")
    case .concurrencyLimit: .number("10")
    case .dailyQuota: .number("50000")
    case .failNext, .lateActivities: .null
    case .loseAnswerAfterWrite, .emptyActivityPages: .number("0")
    case .cutOverlong, .nativeCRM, .mergeLogsDelete, .noCustomObjects, .noCustomTypes:
      .bool(false)
    case .deletesInActivities: .bool(true)
    case .deniedPermissions: .string("")
    case .activityIDs: .string("normal")
    }
  }

  /// Whether a value is of the setting's kind.
  func accepts(_ value: MarketoJSON) -> Bool {
    switch whenUntouched {
    case .number: value.wholeNumber.map { $0 >= 0 } ?? false
    case .bool: value.truth != nil
    case .string: value.text != nil
    default: value == .null || (value["count"]?.wholeNumber).map { $0 >= 0 } ?? false
    }
  }
}

/// The switches as one call finds them.
struct MarketoSettings: Sendable {
  /// The switches that were touched.
  var touched: [String: MarketoJSON]

  /// The value of a switch.
  subscript(setting: MarketoSetting) -> MarketoJSON {
    touched[setting.rawValue] ?? setting.whenUntouched
  }

  /// A switch that counts.
  func number(_ setting: MarketoSetting) -> Int { Int(self[setting].wholeNumber ?? 0) }

  /// A switch that is on or off.
  func isOn(_ setting: MarketoSetting) -> Bool { self[setting].truth ?? false }
}
