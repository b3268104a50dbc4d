import Foundation
import Testing

@testable import Sandbox

@Suite struct DynamicsDocumentationTests {
  private static func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "docs/sandbox.md"), encoding: .utf8)
  }

  @Test(arguments: DynamicsSwitch.allCases.map(\.rawValue))
  func `every switch is documented`(name: String) throws {
    #expect(try Self.page().contains("| `\(name)` |"))
  }

  @Test(arguments: DynamicsCatalogue.tables.map(\.setName))
  func `every table is documented`(name: String) throws {
    #expect(try Self.page().contains("`\(name)`"))
  }

  @Test(arguments: StandardConnectionRole.allCases)
  func `every standard connection role is documented`(role: StandardConnectionRole) throws {
    #expect(try Self.page().contains("| `\(role.id)` | \(role.name) |"))
  }

  @Test func `the fixed credentials are documented`() throws {
    let page = try Self.page()
    for text in [
      SandboxCredentials.tenant, SandboxCredentials.clientID, SandboxCredentials.clientSecret,
      SandboxCredentials.username, SandboxCredentials.password,
      "http://\(SandboxServer.host):\(SandboxServer.defaultPort)/",
    ] {
      #expect(page.contains(text))
    }
  }
}
