import Testing

@testable import Sandbox

@Suite struct DynamicsTokenTests {
  @Test func `the application's secret gives a bearer token and no refresh token`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.login("client_credentials")
      #expect(answer.status == 200)
      #expect(
        answer.json.members?.map(\.name) == [
          "token_type", "expires_in", "ext_expires_in", "access_token",
        ])
      #expect(answer.json["token_type"] == "Bearer")
      #expect(answer.json["expires_in"] == 3599)
      let who = try await box.get("WhoAmI")
      #expect(
        who.json == [
          "@odata.context": .string(
            "\(box.base)/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"),
          "BusinessUnitId": .string(DynamicsBootstrap.businessUnitID),
          "UserId": .string(DynamicsBootstrap.applicationUserID),
          "OrganizationId": .string(DynamicsGUID.made(from: 1, kind: 1019)),
        ])
      #expect(who.headers["odata-version"] == "4.0")
      #expect(who.headers["req_id"]?.count == 36)
    }
  }

  @Test(
    arguments: [
      (["client_secret": "wrong"], 401, "invalid_client", 7_000_215),
      (["client_secret": nil], 401, "invalid_client", 7_000_218),
      (["client_id": "other"], 400, "unauthorized_client", 700_016),
      (["scope": "http://127.0.0.1/"], 400, "invalid_scope", 70011),
      (["scope": "https://orgother.crm4.dynamics.com/.default"], 400, "invalid_resource", 500_011),
      (["grant_type": "device_code"], 400, "unsupported_grant_type", 70003),
    ] as [([String: String?], Int, String, Int64)])
  func `a login that is refused says why`(
    fields: [String: String?], status: Int, error: String, code: Int64
  ) async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.login("client_credentials", fields)
      #expect(answer.status == status)
      #expect(answer.json["error"] == .string(error))
      #expect(answer.json["error_codes"] == [.integer(code)])
      #expect(answer.json["timestamp"] == "2026-01-05 09:15:02Z")
      #expect(answer.json["error_description"]?.string?.hasPrefix("AADSTS\(code): ") == true)
    }
  }

  @Test func `an unknown tenant is refused`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.login("client_credentials", tenant: "nobody")
      #expect(answer.status == 400)
      #expect(answer.json["error_codes"] == [90002])
    }
  }

  @Test func `a user's password gives a token that speaks for the user`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.login(
        "password",
        [
          "username": SandboxCredentials.username, "password": "sandbox", "client_secret": nil,
          "scope": "http://127.0.0.1:\(box.port)/.default offline_access",
        ])
      #expect(answer.json["refresh_token"] != nil)
      var user = box
      user.token = answer.json["access_token"]?.string ?? ""
      #expect(
        try await user.get("WhoAmI").json["UserId"] == .string(DynamicsBootstrap.syncUserID))
      let renewed = try await box.login(
        "refresh_token", ["refresh_token": answer.json["refresh_token"]?.string])
      #expect(renewed.status == 200)
      let anyone = try await box.login(
        "password", tenant: "organizations",
        [
          "username": SandboxCredentials.username, "password": "sandbox", "client_secret": nil,
          "client_id": "51f81489-12ee-4a9e-aaae-a2591f45987d",
        ])
      #expect(anyone.status == 200)
      let refused = try await box.login(
        "password", ["username": SandboxCredentials.username, "password": "guess"])
      #expect(refused.json["error"] == "invalid_grant")
      #expect(refused.json["error_codes"] == [50126])
    }
  }

  @Test func `a token that is missing, unknown, expired or revoked gets a challenge`()
    async throws
  {
    try await DynamicsBox.run { box in
      let challenge =
        "Bearer authorization_uri=http://127.0.0.1:\(box.port)/sandbox/oauth2/authorize, "
        + "resource_id=http://127.0.0.1:\(box.port)/"
      for authorization in ["", "Bearer nonsense"] {
        let answer = try await box.send("GET", "WhoAmI", ["Authorization": authorization])
        #expect(answer.status == 401)
        #expect(answer.headers["www-authenticate"] == challenge)
        #expect(answer.bytes.isEmpty)
      }
      box.clock.advance(3598)
      #expect(try await box.get("WhoAmI").status == 200)
      box.clock.advance(1)
      #expect(try await box.get("WhoAmI").status == 401)
      try await box.set(["dynamics_token_lifetime": 60])
      #expect(try await box.login("client_credentials").json["expires_in"] == 60)
      var other = box
      other.token = try await box.signIn()
      #expect(try await other.get("WhoAmI").status == 200)
      try await box.set(["dynamics_revoke_tokens": true])
      #expect(try await other.get("WhoAmI").status == 401)
    }
  }

  @Test func `a disabled user may sign in and is refused by the organisation`() async throws {
    try await DynamicsBox.run { box in
      try box.service.seed { seeding in
        try seeding.update(
          table: "systemuser", id: DynamicsBootstrap.applicationUserID,
          values: ["isdisabled": .boolean(true)])
      }
      let answer = try await box.get("WhoAmI")
      #expect(answer.status == 403)
      #expect(answer.failure[0] == "0x80040225")
    }
  }
}
