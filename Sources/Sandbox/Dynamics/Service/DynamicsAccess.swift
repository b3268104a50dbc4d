import GRDB

/// Finds out whom a bearer token speaks for.
struct DynamicsAccess: Sendable {
  let token: String
  /// The organisation's address, named in the challenge.
  let root: String

  /// The caller; throws where the token is no good or the user may not come in.
  func caller(_ call: DynamicsCall, now: Int64, _ db: Database) throws -> DynamicsCaller {
    guard let grant = try DynamicsTokens.grant(token, kind: "access", db), grant.expires > now
    else { throw challenge }
    let rows = DynamicsRows(db: db, now: now)
    guard let user = try rows.row(.systemUser, grant.user) else {
      throw DynamicsFailure(
        403, "0x80072560", "The user is not a member of the organization.")
    }
    guard user["isdisabled"] != .integer(1) else {
      throw DynamicsFailure(
        403, "0x80040225", "The specified user (Id = \(grant.user)) is disabled.")
    }
    guard let other = call.headers["mscrmcallerid"] else { return DynamicsCaller(user: grant.user) }
    guard let id = DynamicsGUID.parse(other), try rows.version(.systemUser, id) != nil else {
      throw DynamicsFailure(
        403, "0x8004A110", "The user to act on behalf of is not a member of the organization.")
    }
    return DynamicsCaller(user: id, onBehalfBy: grant.user)
  }

  private var challenge: DynamicsFailure {
    var failure = DynamicsFailure(401, "", "")
    let login = "\(root)/\(SandboxCredentials.tenant)/oauth2/authorize"
    failure.headers = [
      (
        name: "WWW-Authenticate",
        value: "Bearer authorization_uri=\(login), resource_id=\(root)/"
      )
    ]
    return failure
  }
}
