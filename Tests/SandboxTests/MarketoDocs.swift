import Foundation
import Testing

@testable import Sandbox

@Suite struct MarketoDocs {
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs")

  @Test func `every call is listed under docs`() throws {
    let page = try String(
      contentsOf: Self.docs.appending(path: "sandbox-marketo.md"), encoding: .utf8)
    let calls = MarketoRoutes.all.map { "\($0.method) /\($0.pattern.joined(separator: "/"))" }
    let listed = page.split(separator: "\n").filter { $0.contains(#/^[A-Z]+ \/rest\//#) }
    #expect(listed.map(String.init).sorted() == calls.sorted())
  }

  @Test func `every switch is explained under docs`() throws {
    let pages = try FileManager.default.contentsOfDirectory(atPath: Self.docs.path())
      .filter { $0.hasPrefix("sandbox") }
      .map { try String(contentsOf: Self.docs.appending(path: $0), encoding: .utf8) }.joined()
    let missing = MarketoSetting.allCases.map(\.rawValue).filter { !pages.contains("`\($0)`") }
    #expect(missing == [])
  }
}
