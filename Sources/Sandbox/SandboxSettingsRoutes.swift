import GRDB
import Hummingbird

/// The sandbox's own address `/sandbox/settings`, where its switches are read and set.
struct SandboxSettingsRoutes {
  let database: any DatabaseWriter

  /// Adds the two routes.
  func add(to router: Router<BasicRequestContext>) {
    let database = database
    router.get("sandbox/settings") { _, _ in
      try await Self.answer(database.read { try SandboxSettings.all($0) })
    }
    router.post("sandbox/settings") { request, _ in
      let body = try await request.body.collect(upTo: 65_536)
      guard let members = try? DynamicsJSON(parsing: body.readableBytesView).members else {
        return Self.refusal("the body must be one JSON object of settings")
      }
      if let unknown = members.first(where: { DynamicsSwitch(rawValue: $0.name) == nil }) {
        let known = DynamicsSwitch.allCases.map(\.rawValue).joined(separator: ", ")
        return Self.refusal("there is no setting '\(unknown.name)'; there are \(known)")
      }
      return try await Self.answer(
        database.write { db in
          for member in members {
            try DynamicsSwitch(rawValue: member.name)?.set(member.value, db)
          }
          return try SandboxSettings.all(db)
        })
    }
  }

  private static func answer(_ settings: [String: DynamicsJSON]) -> Response {
    let members = settings.sorted { $0.key < $1.key }.map {
      DynamicsJSON.Member($0.key, $0.value)
    }
    return response(.ok, .object(members))
  }

  private static func refusal(_ reason: String) -> Response {
    response(.badRequest, ["error": .string(reason)])
  }

  private static func response(_ status: HTTPResponse.Status, _ body: DynamicsJSON) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.bytes + [0x0A])))
  }
}
