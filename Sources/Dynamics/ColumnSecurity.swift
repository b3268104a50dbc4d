import Model
import Transport

/// Finds out what the sync user may do with secured columns, from its column security profiles and
/// those of its teams.
struct ColumnSecurity: Sendable {
  let client: DynamicsClient
  let user: String
  let attempt: String

  /// The profile of System Administrators, which may do everything.
  private static let administrators = "572329c1-a042-4e22-be47-367c6374ea45"

  /// What the user may do with the secured columns of a table.
  enum Permissions: Sendable {
    /// The user may not see its own permissions.
    case unknown
    case everything
    /// By column; one that is missing may not even be read.
    case only([String: ColumnPermission])

    func permission(on column: Column) -> ColumnPermission {
      switch self {
      case .unknown: .unknown
      case .everything: .full
      case .only(let known): known[column.name] ?? .none
      }
    }
  }

  /// Reads the permissions on the secured columns of a table.
  func permissions(on table: String) async throws -> Permissions {
    do {
      let profiles = try await profiles()
      guard !profiles.isEmpty else { return .only([:]) }
      guard !profiles.contains(Self.administrators) else { return .everything }
      let rows = try await rows(
        "fieldpermissions?$select=attributelogicalname,canread,cancreate,canupdate,"
          + "_fieldsecurityprofileid_value&$filter="
          + PercentEncoding.encode("entityname eq '\(table)'"))
      let known = rows.reduce(into: [String: ColumnPermission]()) { known, row in
        guard let column = row["attributelogicalname"]?.string,
          let profile = row["_fieldsecurityprofileid_value"]?.string?.lowercased(),
          profiles.contains(profile)
        else { return }
        let own = ColumnPermission(row)
        known[column] = known[column]?.union(own) ?? own
      }
      return .only(known)
    } catch let error as ServiceError where Self.tellsNothing(error) {
      return .unknown
    }
  }

  private static func tellsNothing(_ error: ServiceError) -> Bool {
    switch error.kind {
    case .rights, .schema, .unexpectedAnswer: true
    default: false
    }
  }

  private func profiles() async throws -> Set<String> {
    let own = try await rows(
      "systemusers(\(user))/systemuserprofiles_association?$select=fieldsecurityprofileid")
    let teams = try await rows(
      "systemusers(\(user))/teammembership_association?$select=teamid"
        + "&$expand=teamprofiles_association($select=fieldsecurityprofileid)")
    let ofTeams = teams.flatMap { $0["teamprofiles_association"]?.array ?? [] }
    return Set(
      (own + ofTeams).compactMap { $0["fieldsecurityprofileid"]?.string?.lowercased() })
  }

  private func rows(_ path: String) async throws -> [JSON] {
    var rows: [JSON] = []
    var next: String? = "\(client.root)/\(path)"
    while let path = next {
      let page = try await client.document(DynamicsCall(path: path, attempt: attempt))
      rows += page["value"]?.array ?? []
      next = try page["@odata.nextLink"]?.string.map { try client.path(of: $0, attempt: attempt) }
      if next == path { return rows }
    }
    return rows
  }
}
