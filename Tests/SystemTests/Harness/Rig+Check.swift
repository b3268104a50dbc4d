import Testing
import Transport

extension Rig {
  /// Compares every record of both services with the expectation.
  func check(_ expectation: Expectation) async throws {
    var rows: [String: JSON] = [:]
    for kind in Expectation.Kind.allCases {
      for row in try await dynamics.all(kind.set) { rows[row[kind.key]?.string ?? ""] = row }
    }
    let objects = try await marketoObjects(expectation)
    for twin in expectation.twins {
      let name = "\(twin.kind) \(twin.id)"
      guard let row = rows[twin.id] else {
        Issue.record("\(name) is gone in Dynamics")
        continue
      }
      guard let object = objects[twin.id] else {
        Issue.record("\(name) is missing in Marketo")
        continue
      }
      for (index, pair) in twin.kind.pairs.enumerated() {
        let isAmount = pair.kind == .money
        let one = plain(cell(row[pair.dynamics]), isAmount)
        let other = plain(cell(object[pair.marketo]), isAmount)
        #expect(one == plain(twin.dynamics[index], isAmount), "\(name).\(pair.dynamics)")
        #expect(other == plain(twin.marketo[index], isAmount), "\(name).\(pair.marketo)")
      }
      #expect(Expectation.Ties(twin.kind, row) == twin.ties, "\(name) ties")
      for (index, field) in twin.kind.derived.enumerated() {
        let isAmount = field == "amount"
        let found = plain(cell(object[field]), isAmount)
        #expect(found == plain(twin.derived[index], isAmount), "\(name) \(field)")
      }
      guard twin.kind.isPerson else { continue }
      #expect(object["dynamicsType"]?.string == twin.kind.rawValue, "\(name) type")
      #expect(object["dynamicsIsDeleted"]?.boolean == false, "\(name) deletion flag")
    }
    try await checkStakes(expectation)
  }

  /// Compares the connections in Dynamics and the roles in Marketo with the expectation.
  private func checkStakes(_ expectation: Expectation) async throws {
    let stakes = Expectation.stakes(try await dynamics.all("connections"))
    #expect(stakes == expectation.stakes.sorted { $0.rows[0].id < $1.rows[0].id })
    let roles = try await marketoRoles(expectation)
    for twin in expectation.twins where twin.kind == .opportunity {
      #expect(
        (roles[twin.id] ?? []).sorted() == expectation.roles(of: twin).sorted(),
        "roles of \(twin.id)")
    }
  }

  private func plain(_ text: String?, _ isAmount: Bool) -> String? {
    isAmount ? ExactDecimalText.plain(text) : text
  }
}
