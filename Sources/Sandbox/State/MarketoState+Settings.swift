import GRDB

extension MarketoState {
  /// The switches that were touched.
  static func touchedSettings(_ db: Database) throws -> [String: MarketoJSON] {
    let statement = try db.cachedStatement(sql: "SELECT name, value FROM marketo_setting")
    return try Dictionary(
      Row.fetchAll(statement).compactMap { row in
        MarketoJSON(reading: row[1] as String).map { (row[0], $0) }
      }
    ) { _, last in last }
  }

  /// Turns a switch.
  func set(_ setting: MarketoSetting, _ value: MarketoJSON) throws {
    try run(
      """
      INSERT INTO marketo_setting (name, value) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """, [setting.rawValue, value.jsonText])
  }

  /// Takes one from a switch that counts; `false` where nothing was left.
  func takeOne(_ setting: MarketoSetting) throws -> Bool {
    let left = settings.number(setting)
    guard left > 0 else { return false }
    try set(setting, .integer(left - 1))
    return true
  }

  /// Takes one from the `count` of a switch that holds an object; `nil` where nothing was left.
  ///
  /// Reads the switch afresh, since one call may take several.
  func takeOneOfObject(_ setting: MarketoSetting) throws -> MarketoJSON? {
    guard settings[setting] != .null,
      let value = try Self.touchedSettings(db)[setting.rawValue], let members = value.members,
      let left = value["count"]?.wholeNumber, left > 0
    else { return nil }
    let rest = members.map { member in
      member.key == "count" ? .init(key: "count", value: .integer(left - 1)) : member
    }
    try set(setting, .object(rest))
    return value
  }
}
