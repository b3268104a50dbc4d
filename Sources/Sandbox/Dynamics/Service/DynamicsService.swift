public import GRDB
public import Hummingbird

/// The Dynamics half of the sandbox: a Dataverse organisation and its login service.
public struct DynamicsService: Sendable {
  let database: any DatabaseWriter
  let now: @Sendable () -> Int64
  let limits = DynamicsLimits()

  /// A service over a database that has its tables; `now` gives Unix seconds.
  public init(database: any DatabaseWriter, now: @escaping @Sendable () -> Int64) {
    self.database = database
    self.now = now
  }

  /// Creates the tables and first rows that are missing; does nothing where all are there.
  public static func createTables(_ db: Database) throws {
    try DynamicsSchema.create(db)
    try DynamicsBootstrap.run(DynamicsRows(db: db, now: 0))
  }

  /// Makes the organisation a new and empty one, with an id of its own.
  public func reset() throws {
    try database.write { db in
      try DynamicsSchema.empty(db)
      try DynamicsBootstrap.run(DynamicsRows(db: db, now: now()))
    }
  }

  /// Adds the login service's and the Web API's addresses.
  public func addRoutes(to router: Router<BasicRequestContext>) {
    let tenant = SandboxCredentials.tenant
    // The router does not come back from a literal, such as the one in `/sandbox/settings`.
    for path in ["\(tenant)/oauth2/v2.0/token", ":tenant/oauth2/v2.0/token"] {
      router.post(RouterPath(path)) { request, context in
        try await logIn(request, tenant: context.parameters.get("tenant") ?? tenant)
      }
    }
    for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
      router.on("api/data/**", method: method) { request, _ in try await respond(to: request) }
    }
  }

  private func logIn(_ request: Request, tenant: String) async throws -> Response {
    let body = try await request.body.collect(upTo: 65_536)
    let login = DynamicsLogin(
      tenant: tenant, form: DynamicsForm(body.readableBytesView),
      host: request.head.authority ?? "",
      authorization: request.headers[.authorization], now: now(),
      number: limits.nextRequest())
    let answer = try await database.write { db in try login.answer(db) }
    return response(answer)
  }
}
