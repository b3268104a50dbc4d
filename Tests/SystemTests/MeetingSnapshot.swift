import Testing
import Transport

/// Everything that both services hold, read through their own APIs.
struct MeetingSnapshot: Equatable {
  /// By set, then by id.
  var rows: [String: [String: JSON]] = [:]
  var persons: [Int64: JSON] = [:]
  var companies: [String: JSON] = [:]
  var salesPersons: [String: JSON] = [:]

  /// The fields of persons that people keep.
  static let fields = Set(Mapping.lead.map(\.marketo)).sorted()
  /// The fields by which persons are tied to Dynamics, and what moves with every write.
  static let linkFields = [
    "dynamicsId", "dynamicsType", "dynamicsIsDeleted", "externalSalesPersonId",
    "externalCompanyId", "updatedAt",
  ]

  func row(_ seat: MeetingStanding.Seat) -> JSON? { rows[seat.kind.set]?[seat.id] }

  /// What has a value here and none in `later`, by name.
  func emptied(in later: MeetingSnapshot) -> [String] {
    var emptied: [String] = []
    func compare(_ name: String, _ before: JSON?, _ after: JSON?) {
      for (field, value) in before?.object ?? [:] where cell(value) != nil {
        if cell(after?[field]) == nil { emptied.append("\(name) \(field)") }
      }
    }
    for (set, rows) in rows {
      for (id, row) in rows { compare("\(set) \(id)", row, later.rows[set]?[id]) }
    }
    for (id, person) in persons { compare("person \(id)", person, later.persons[id]) }
    for (id, company) in companies { compare("company \(id)", company, later.companies[id]) }
    for (id, user) in salesPersons { compare("sales person \(id)", user, later.salesPersons[id]) }
    return emptied.sorted()
  }
}

extension Rig {
  /// Reads everything; the link fields only once they were made.
  func snapshot(withLinks: Bool) async throws -> MeetingSnapshot {
    var snapshot = MeetingSnapshot()
    for kind in [Expectation.Kind.user, .account, .contact, .lead] {
      snapshot.rows[kind.set] = try await dynamics.rows(kind.set, key: kind.key)
    }
    let fields = MeetingSnapshot.fields + (withLinks ? MeetingSnapshot.linkFields : [])
    for person in try await marketo.persons(fields: fields) {
      snapshot.persons[person["id"]?.integer ?? 0] = person
    }
    let accounts = (snapshot.rows["accounts"] ?? [:]).keys.sorted()
    for company in try await marketo.objects(
      "companies", key: "externalCompanyId", accounts,
      fields: Mapping.account.map(\.marketo) + ["externalSalesPersonId", "updatedAt"])
    {
      snapshot.companies[company["externalCompanyId"]?.string ?? ""] = company
    }
    let users = (snapshot.rows["systemusers"] ?? [:]).keys.sorted()
    for user in try await marketo.objects(
      "salespersons", key: "externalSalesPersonId", users,
      fields: Mapping.user.map(\.marketo) + ["updatedAt"])
    {
      snapshot.salesPersons[user["externalSalesPersonId"]?.string ?? ""] = user
    }
    return snapshot
  }
}
