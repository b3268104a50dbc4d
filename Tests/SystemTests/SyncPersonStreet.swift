import Foundation
import Sandbox
import Store
import Testing
import Transport

/// Persons whom only Marketo knows, and the real program that makes them records of Dynamics.
struct SyncPersonStreet: Sendable {
  static let seller = MeetingCast.id(1)
  static let otherSeller = MeetingCast.id(2)

  let rig: Rig
  let program: KillableRun

  /// Starts with two users in Dynamics, and a first run that links them; then takes all down.
  static func with(_ body: @escaping @Sendable (SyncPersonStreet) async throws -> Void)
    async throws
  {
    let program = KillableRun()
    try await Rig.with(observe: program.observe) { rig in
      let street = SyncPersonStreet(rig: rig, program: program)
      for (id, name) in [(seller, "rui"), (otherSeller, "eva")] {
        try await rig.dynamics.create(
          "systemusers",
          [
            "systemuserid": .string(id), "lastname": .string(name),
            "internalemailaddress": .string("\(name)@acme.test"),
            "domainname": .string("\(name)@acme.test"),
          ])
      }
      _ = try rig.configuration()
      try await rig.provision()
      #expect(try await street.run("run").status == 0)
      try await body(street)
    }
  }

  /// Runs the program with `arguments`, until `moment` if there is one.
  @discardableResult
  func run(
    _ arguments: String..., until moment: KillableRun.Moment? = nil
  ) async throws -> KillableRun.Ending {
    try await program.run(arguments, in: rig.folder, until: moment)
  }

  /// Takes the database away, as a disk does.
  func loseDatabase() throws {
    for end in ["", "-wal", "-shm"] {
      let path = rig.databasePath + end
      guard FileManager.default.fileExists(atPath: path) else { continue }
      try FileManager.default.removeItem(atPath: path)
    }
  }

  /// Makes a person of Marketo alone; `false` gives no e-mail address.
  func person(
    _ name: String, hasEmail: Bool = true, _ fields: [String: JSON] = [:]
  ) async throws -> Int64 {
    var values = fields
    values["lastName"] = .string(name)
    if hasEmail { values["email"] = .string("\(name.lowercased())@home.test") }
    return try #require(try await rig.marketo.create(values))
  }

  /// Edits a person as a marketer does.
  func edit(_ person: Int64, _ fields: [String: JSON]) async throws {
    var record = fields
    record["id"] = .integer(person)
    try await tell("marketo/edit", .object(record))
  }

  /// Makes Dynamics refuse the next record of a batch, as a rule against duplicates does.
  func refuseNextRecord() async throws {
    try await tell(
      "settings",
      [
        "dynamics_fail_next": [
          "in_batch": true, "match": "POST leads", "status": 412, "code": "0x80040333",
          "message": "A record was not created or updated because a duplicate of it exists.",
        ]
      ])
  }

  private func tell(_ path: String, _ body: JSON) async throws {
    let answer = try await rig.exchange.send(
      HTTPRequest("POST", "\(rig.base)/sandbox/\(path)", body: body.encoded()))
    guard answer.status == 200 else { throw APIError(answer) }
  }

  /// What Marketo holds of a person.
  func marketo(_ person: Int64) async throws -> JSON {
    try #require(
      try await rig.marketo.objects(
        "leads", key: "id", [String(person)],
        fields: [
          "email", "lastName", "title", "dynamicsId", "dynamicsType", "dynamicsIsDeleted",
          "dynamicsSyncAs", "externalSalesPersonId", "externalCompanyId",
        ]
      ).first)
  }

  /// The rows of Dynamics with a last name, as the set and the row.
  func dynamics(_ name: String) async throws -> [(set: String, row: JSON)] {
    var found: [(String, JSON)] = []
    for set in ["contacts", "leads"] {
      found += try await rig.dynamics.all(set).filter { $0["lastname"]?.string == name }
        .map { (set, $0) }
    }
    return found
  }

  /// The id of the only row with a last name, which must be of `set`.
  func onlyRecord(_ name: String, in set: String = "leads") async throws -> String {
    let found = try await dynamics(name)
    #expect(found.map(\.set) == [set], "\(name)")
    return found.first?.row[set == "leads" ? "leadid" : "contactid"]?.string ?? ""
  }

  /// Rows of the database as text, `nil` for NULL.
  func query(_ sql: String) throws -> [[String?]] {
    try Reader(path: rig.databasePath).query(sql).rows.map { $0.map(\.words) }
  }

  /// A person and its one record in Dynamics know each other, and nothing is left to do.
  func expectLinked(
    _ person: Int64, _ name: String, as kind: String = "lead", _ comment: String = ""
  ) async throws {
    let id = try await onlyRecord(name, in: "\(kind)s")
    let standing = try await marketo(person)
    #expect(standing["dynamicsId"]?.string == id, "\(comment) \(name)")
    #expect(standing["dynamicsType"]?.string == kind, "\(comment) \(name)")
    #expect(standing["dynamicsIsDeleted"]?.boolean == false, "\(comment) \(name)")
    #expect(cell(standing["dynamicsSyncAs"]) == nil, "\(comment) \(name)")
  }

  /// One more run finds both sides in step and plans nothing.
  func expectInStep() async throws {
    let end = try await run("run")
    #expect(end.status == 0, "\(end.output)")
    for view in ["backlog", "health", "disagreement", "errors"] {
      #expect(try query("SELECT * FROM \(view)") == [], "\(view)")
    }
    #expect(
      try query("SELECT operations_planned FROM run ORDER BY run_id DESC LIMIT 1") == [["0"]])
  }
}
