import Foundation
import FoundationNetworking
import Testing

@testable import dynsync_cli

@Suite struct SandboxCommandTests {
  @Test func `seed tells what the sandbox holds, and refuses to do it twice`() throws {
    let folder = try TemporaryFolder()

    let first = try Program.run("sandbox", "seed", in: folder)
    let second = try Program.run("sandbox", "seed", in: folder)
    let reset = try Program.run("sandbox", "reset", in: folder)
    let third = try Program.run("sandbox", "seed", in: folder)

    let seeded = Program.Ending(
      status: 0,
      output: "sandbox.db holds 12 users, 3 teams, 40 accounts, 300 contacts, 200 leads, "
        + "120 opportunities, 60 connections and 40 subscriptions in Dynamics, and 60 persons in "
        + "Marketo\n", errors: "")
    #expect(first == seeded)
    #expect(second.status == 1)
    #expect(second.errors.hasPrefix("Error: sandbox: sandbox.db cannot be seeded: "))
    #expect(
      second.errors.hasSuffix("\nTry: run 'dynsync sandbox reset' first, which empties it\n"))
    #expect(reset == Program.Ending(status: 0, output: "sandbox.db is empty\n", errors: ""))
    #expect(third == seeded)
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `start serves until a signal, and the configuration's credentials open both services`(
    signal: Int32
  ) async throws {
    let folder = try TemporaryFolder()
    let server = try Program.Running("sandbox", "start", "--port", "0", in: folder)
    defer { server.kill(with: SIGKILL) }

    let address = server.firstLine().dropFirst("sandbox answers at ".count)

    let marketo = try await Self.status(
      "\(address)/identity/oauth/token",
      form: "grant_type=client_credentials&client_id=\(SandboxDefaults.marketoClientID)"
        + "&client_secret=\(SandboxDefaults.marketoClientSecret)")
    let dynamics = try await Self.status(
      "\(address)/\(SandboxDefaults.dynamicsTenant)/oauth2/v2.0/token",
      form: "grant_type=client_credentials&client_id=\(SandboxDefaults.dynamicsClientID)"
        + "&client_secret=\(SandboxDefaults.dynamicsClientSecret)&scope=\(address)/.default")
    server.kill(with: signal)
    #expect([marketo, dynamics] == [200, 200])
    #expect(server.status() == 0)
  }

  @Test func `a port that is taken is told with the mend`() throws {
    let folder = try TemporaryFolder()
    let server = try Program.Running("sandbox", "start", "--port", "0", in: folder)
    defer { server.kill(with: SIGKILL) }
    let port = try #require(server.firstLine().split(separator: ":").last.map(String.init))

    let ending = try Program.run("sandbox", "start", "--port", port, in: folder)

    #expect(ending.status == 1)
    #expect(ending.errors.hasPrefix("Error: sandbox: port \(port) cannot be taken: "))
    #expect(
      ending.errors.hasSuffix(
        "\nTry: stop what answers there, or run 'dynsync sandbox start --port 0'\n"))
  }

  private static func status(_ address: String, form: String) async throws -> Int? {
    var request = URLRequest(url: try #require(URL(string: address)))
    request.httpMethod = "POST"
    request.httpBody = Data(form.utf8)
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    let (_, response) = try await URLSession.shared.data(for: request)
    return (response as? HTTPURLResponse)?.statusCode
  }
}
