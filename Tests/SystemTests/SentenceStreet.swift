import Foundation
import Logging
import Model
import Sandbox
import Store
import Sync
import Testing
import Transport

@testable import dynsync_cli

/// A few records that know each other, and short ways to edit and read them on both sides.
struct SentenceStreet: Sendable {
  static let user = MeetingCast.id(1)
  static let otherUser = MeetingCast.id(2)
  static let account = MeetingCast.id(11)
  static let otherAccount = MeetingCast.id(12)
  static let lead = MeetingCast.id(21)
  static let contact = MeetingCast.id(31)

  let rig: Rig
  let store: Store

  /// Fills Dynamics, lets `body` go on from there, and takes everything down.
  ///
  /// `configuring` alters the text of the default configuration; `observe` sees every request.
  static func with(
    configuring edit: @escaping @Sendable (String) -> String = { $0 },
    observe: (@Sendable (SandboxMoment) async throws -> Void)? = nil,
    _ body: @escaping @Sendable (SentenceStreet) async throws -> Void
  ) async throws {
    try await Rig.with(observe: observe) { rig in
      _ = try rig.configuration()
      let path = rig.folder.appendingPathComponent("dynsync.yaml").path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try edit(text).write(toFile: path, atomically: true, encoding: .utf8)
      let street = SentenceStreet(rig: rig, store: try rig.store())
      try await street.fill()
      try await body(street)
    }
  }

  private func fill() async throws {
    for (id, name) in [(Self.user, "Rui"), (Self.otherUser, "Eva")] {
      try await rig.dynamics.create(
        "systemusers",
        [
          "systemuserid": .string(id), "lastname": .string(name), "title": "Seller",
          "internalemailaddress": .string("\(name)@acme.test"),
          "domainname": .string("\(name)@acme.test"),
        ])
    }
    for (id, name) in [(Self.account, "Acme"), (Self.otherAccount, "Beta")] {
      try await rig.dynamics.create(
        "accounts",
        ["accountid": .string(id), "name": .string(name), "telephone1": "1", "ownerid": Self.owner]
          .lookedUp)
    }
    try await rig.dynamics.create(
      "leads",
      [
        "leadid": .string(Self.lead), "subject": "Fair", "lastname": "Lind", "jobtitle": "Buyer",
        "emailaddress1": "lind@acme.test", "ownerid": Self.owner,
      ].lookedUp)
    try await rig.dynamics.create(
      "contacts",
      [
        "contactid": .string(Self.contact), "lastname": "Cole", "jobtitle": "Buyer",
        "emailaddress1": "cole@acme.test", "ownerid": Self.owner,
        "parentcustomerid_account": .string("/accounts(\(Self.account))"),
      ].lookedUp)
  }

  static let owner = JSON.string("/systemusers(\(user))")

  @discardableResult
  func run(_ options: RunOptions = RunOptions()) async throws -> RunReport {
    try await rig.run(options, on: store)
  }

  /// A run with everything that the configuration names, filters included.
  @discardableResult
  func runAsConfigured() async throws -> RunReport {
    try await rig.run(on: store)
  }

  func edit(_ set: String, _ id: String, _ values: [String: JSON]) async throws {
    try await rig.dynamics.update(set, id, values.lookedUp)
  }

  /// An edit of the person that stands for a Dynamics record.
  func editPerson(of id: String, _ values: [String: JSON]) async throws {
    let person = try #require(try await person(of: id))
    try await rig.marketo.update(try #require(person["id"]?.integer), values)
  }

  func row(_ set: String, _ id: String) async throws -> JSON? {
    let keys = [
      "leads": "leadid", "contacts": "contactid", "accounts": "accountid",
      "systemusers": "systemuserid",
    ]
    return try await rig.dynamics.rows(set, key: keys[set] ?? "")[id]
  }

  func person(of id: String) async throws -> JSON? {
    try await rig.marketo.objects(
      "leads", key: "dynamicsId", [id],
      fields: ["id"] + MeetingSnapshot.fields + MeetingSnapshot.linkFields
    ).first
  }

  func company(_ id: String) async throws -> JSON? {
    try await rig.marketo.objects(
      "companies", key: "externalCompanyId", [id], fields: ["company", "mainPhone", "website"]
    ).first
  }

  func salesPerson(_ id: String) async throws -> JSON? {
    try await rig.marketo.objects(
      "salespersons", key: "externalSalesPersonId", [id], fields: ["lastName", "title", "phone"]
    ).first
  }

  /// Rows of the database as text, `nil` for NULL.
  func query(_ sql: String) throws -> [[String?]] {
    try Reader(path: rig.databasePath).query(sql).rows.map { $0.map(\.words) }
  }

  /// What the log says of decisions that somebody lost, in order.
  func collisions() throws -> [[String?]] {
    try query(
      """
      SELECT entity, dynamics_id, field, dynamics_value, marketo_value, winner
      FROM activity_log WHERE action = 'collision' ORDER BY entity, field
      """)
  }
}

extension [String: JSON] {
  /// The object that Dynamics takes: look-ups are bound under a name of their own.
  fileprivate var lookedUp: JSON {
    let lookups = ["ownerid", "parentcustomerid_account"]
    return .object(
      Dictionary(
        uniqueKeysWithValues: map { key, value in
          lookups.contains(key) ? ("\(key)@odata.bind", value) : (key, value)
        }))
  }
}
