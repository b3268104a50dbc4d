import Sandbox
import Synchronization
import Testing
import Transport

/// Lives of records in the street of ``SentenceStreet``: made, qualified, merged, deleted.
extension SentenceStreet {
  static let otherLead = MeetingCast.id(22)
  static let otherContact = MeetingCast.id(32)

  /// A table whose rows are persons, with the two of them that are merged.
  enum Kind: String, CaseIterable {
    case lead, contact

    var set: String { "\(rawValue)s" }
    var id: String { self == .lead ? SentenceStreet.lead : SentenceStreet.contact }
    var otherID: String {
      self == .lead ? SentenceStreet.otherLead : SentenceStreet.otherContact
    }
  }

  /// Adds a lead or contact that nobody else is.
  func add(_ kind: Kind, _ id: String, _ name: String, _ values: [String: JSON] = [:]) async throws
  {
    var row: [String: JSON] = [
      "\(kind)id": .string(id), "lastname": .string(name), "jobtitle": "Clerk",
      "emailaddress1": .string("\(name.lowercased())@acme.test"),
    ]
    if kind == .lead { row["subject"] = "Fair" }
    try await rig.dynamics.create(kind.set, .object(row.merging(values) { _, own in own }))
  }

  /// Qualifies the lead as sales does; the id of the contact that it made, if it made one.
  @discardableResult
  func qualify(withAccount: Bool = false, withContact: Bool = true) async throws -> String? {
    let answer = try await rig.dynamics.act(
      "leads(\(Self.lead))/Microsoft.Dynamics.CRM.QualifyLead",
      [
        "CreateAccount": .boolean(withAccount), "CreateContact": .boolean(withContact),
        "CreateOpportunity": false, "Status": 3,
      ])
    return answer["value"]?.array?.compactMap { $0["contactid"]?.string }.first
  }

  /// The links of persons: entity, record, state and who lives on, in the order of their making.
  func links() throws -> [[String?]] {
    try query(
      """
      SELECT entity, dynamics_id, state, survivor_id FROM link
      WHERE entity IN ('lead', 'contact') ORDER BY link_id
      """)
  }

  /// What the log says of a record: action and rule, fields left out.
  func story(of id: String) throws -> [[String?]] {
    try query(
      """
      SELECT action, rule FROM activity_log
      WHERE dynamics_id = '\(id)' AND field IS NULL ORDER BY seq
      """)
  }

  /// Every person that Marketo has, by its last name.
  func personNames() async throws -> [String] {
    try await rig.marketo.persons(fields: ["lastName"]).compactMap { $0["lastName"]?.string }
      .sorted()
  }

  /// A person of Marketo by its own id.
  func person(_ id: Int64) async throws -> JSON? {
    try await rig.marketo.objects(
      "leads", key: "id", [String(id)],
      fields: MeetingSnapshot.fields + MeetingSnapshot.linkFields
    ).first
  }

  /// One more run has nothing to write, and every view that should be empty is.
  func expectInStep(_ comment: String = "") async throws {
    let report = try await run()
    #expect(report.isInStep, "\(comment)")
    #expect(report.counts.operationsPlanned == 0, "\(comment)")
    for view in ["backlog", "health", "disagreement", "errors"] {
      #expect(try query("SELECT * FROM \(view)") == [], "\(comment) \(view)")
    }
  }
}

/// Something that people do while a run is under way: once, after a request was answered.
final class Interruption: Sendable {
  private struct Plan {
    var path: String
    var deed: @Sendable () async throws -> Void
  }

  private let plan = Mutex<Plan?>(nil)

  /// Does `deed` after the next request whose path contains `path`, before its sender hears of it.
  func after(_ path: String, _ deed: @escaping @Sendable () async throws -> Void) {
    plan.withLock { $0 = Plan(path: path, deed: deed) }
  }

  /// Whether the deed still waits for its request.
  var isWaiting: Bool { plan.withLock { $0 != nil } }

  func observe(_ moment: SandboxMoment) async throws {
    let due = plan.withLock { plan -> Plan? in
      guard let found = plan, moment.stage == .done, moment.path.contains(found.path) else {
        return nil
      }
      plan = nil
      return found
    }
    try await due?.deed()
  }
}
