public import GRDB
public import Hummingbird

/// A stand-in for one Marketo Engage subscription, as its REST API shows itself to a connector.
///
/// Everything that people and programs write is kept in SQLite and outlives a restart. Where
/// Adobe's pages are silent the sandbox takes the stricter reading, so that what passes here has
/// not relied on kindness; the page on the sandbox under docs lists the readings.
public struct MarketoService: Sendable {
  let database: any DatabaseWriter
  let now: @Sendable () -> Int64
  let gate = MarketoGate()

  /// Makes the service over a database that has its tables.
  ///
  /// `now` tells the time in Unix seconds.
  public init(database: any DatabaseWriter, now: @escaping @Sendable () -> Int64) {
    self.database = database
    self.now = now
  }

  /// Makes the tables that are not there yet; each name begins with `marketo_`.
  public static func createTables(_ db: Database) throws {
    try MarketoState.createTables(db)
  }

  /// Forgets everything: records, fields made by API, activities, tokens and switches.
  public func reset() throws {
    try database.write { try MarketoState.recreateTables($0) }
    gate.reset()
  }

  /// Adds the paths of the REST API, of its identity service, and of the sandbox's own switches.
  public func addRoutes(to router: Router<BasicRequestContext>) {
    let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .head]
    for method in methods {
      for path in ["/rest/**", "/bulk/**"] {
        router.on(RouterPath(path), method: method) { request, _ in
          await answer(request)
        }
      }
    }
    for method in [HTTPRequest.Method.get, .post] {
      router.on("/identity/oauth/token", method: method) { request, _ in
        try await identify(request)
      }
    }
    router.get("/sandbox/marketo/settings") { _, _ in try await showSettings() }
    router.post("/sandbox/marketo/settings") { request, _ in try await changeSettings(request) }
    router.post("/sandbox/marketo/edit") { request, _ in try await edit(request) }
  }
}
