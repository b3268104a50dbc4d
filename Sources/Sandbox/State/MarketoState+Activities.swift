import GRDB

/// One entry of the activity log.
struct MarketoActivity: Hashable, Sendable {
  /// Counts up in the order of writing; 0 before it is written.
  var id: Int64 = 0
  var personID: Int64
  /// When it happened, in Unix seconds.
  var at: Int64
  var type: Int64
  var primaryID: Int64?
  var primaryValue: String?
  /// Name and value of each attribute.
  var attributes: [MarketoJSON.Member]

  /// The value of an attribute.
  subscript(name: String) -> MarketoJSON? { attributes.first { $0.key == name }?.value }
}

/// A place in the activity log: what comes after it has not been read.
struct MarketoActivityPosition: Hashable, Sendable {
  var at: Int64
  /// The last entry read of that second.
  var id: Int64
}

extension MarketoState {
  /// Writes an entry; the late-activity switch moves its time back.
  func log(_ activity: MarketoActivity) throws {
    let late = try takeOneOfObject(.lateActivities)?["seconds"]?.wholeNumber ?? 0
    try run(
      """
      INSERT INTO marketo_activity (person_id, at, type, primary_id, primary_value, attributes)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        activity.personID, activity.at - late, activity.type, activity.primaryID,
        activity.primaryValue, MarketoJSON.object(activity.attributes).jsonText,
      ])
  }

  /// The entries after a position, by time and then by number.
  ///
  /// Changes of values and scores are kept for 90 days and deletions for 14. An entry that was
  /// written late keeps its early place: a position past it never shows it.
  /// `persons` empty means every person.
  func activities(
    after position: MarketoActivityPosition, types: [Int64], persons: [Int64], limit: Int
  ) throws -> [MarketoActivity] {
    let isNarrowed = !persons.isEmpty
    return try rows(
      """
      SELECT id, person_id, at, type, primary_id, primary_value, attributes FROM marketo_activity
      WHERE (at, id) > (?, ?) AND type IN (SELECT value FROM json_each(?))
      AND at >= CASE WHEN type IN (13, 22) THEN ? WHEN type = 37 THEN ? ELSE 0 END
      \(isNarrowed ? "AND person_id IN (SELECT value FROM json_each(?))" : "AND ? = '[]'")
      ORDER BY at, id LIMIT ?
      """,
      [
        position.at, position.id, Self.list(types), now - 90 * Self.day, now - 14 * Self.day,
        Self.list(persons), limit,
      ]
    ).map { row in
      MarketoActivity(
        id: row[0], personID: row[1], at: row[2], type: row[3], primaryID: row[4],
        primaryValue: row[5], attributes: MarketoJSON(reading: row[6] as String)?.members ?? [])
    }
  }

  /// Gives the entries of one person to another.
  func moveActivities(from loser: Int64, to winner: Int64) throws {
    try run(
      "UPDATE marketo_activity SET person_id = ? WHERE person_id = ? AND type <> ?",
      [winner, loser, MarketoActivityType.deleteLead])
  }

  private static let day: Int64 = 86_400

  private static func list(_ numbers: [Int64]) -> String {
    MarketoJSON.array(numbers.map { .integer($0) }).jsonText
  }
}
