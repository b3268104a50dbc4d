import GRDB
import Hummingbird

extension MarketoService {
  /// Answers every switch with its value.
  func showSettings() async throws -> Response {
    let settings = try await database.read { try MarketoState($0, now: 0).settings }
    return MarketoPage.response(
      .object(MarketoSetting.allCases.map { .init(key: $0.rawValue, value: settings[$0]) }))
  }

  /// Turns the switches named in the body; none of them where one is unknown or of a wrong kind.
  ///
  /// `null` puts a switch back. `marketo_expire_tokens` is no switch but a deed: the token that
  /// is out there is refused from now on.
  func changeSettings(_ request: Request) async throws -> Response {
    let call = try await MarketoRequest(request, bodyLimit: Self.largestBody)
    guard let members = MarketoJSON(reading: call.body)?.members else {
      return Self.refused("the body must be a JSON object of names and values")
    }
    var changes: [(MarketoSetting, MarketoJSON)] = []
    var expires = false
    for member in members {
      if member.key == "marketo_expire_tokens" {
        expires = member.value.truth ?? false
        continue
      }
      guard let setting = MarketoSetting(rawValue: member.key) else {
        return Self.refused("there is no setting '\(member.key)'")
      }
      let value = member.value == .null ? setting.whenUntouched : member.value
      guard setting.accepts(value) else {
        return Self.refused("'\(member.key)' cannot be \(member.value.jsonText)")
      }
      changes.append((setting, value))
    }
    let time = now()
    try await database.write { [changes, expires] db in
      let state = try MarketoState(db, now: time)
      for (setting, value) in changes { try state.set(setting, value) }
      if expires { try state.expireTokens() }
    }
    return try await showSettings()
  }

  /// A refusal of one of the sandbox's own paths.
  static func refused(_ message: String) -> Response {
    MarketoPage.response(.members(["error": .string(message)]), status: .badRequest)
  }
}
