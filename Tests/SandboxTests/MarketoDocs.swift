import Foundation
import Testing

@testable import Sandbox

@Suite struct MarketoDocs {
  @Test func `every switch is explained under docs`() throws {
    let docs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs")
    let pages = try FileManager.default.contentsOfDirectory(atPath: docs.path())
      .filter { $0.hasPrefix("sandbox") }
      .map { try String(contentsOf: docs.appending(path: $0), encoding: .utf8) }.joined()
    let missing = MarketoSetting.allCases.map(\.rawValue).filter { !pages.contains("`\($0)`") }
    #expect(missing == [])
  }
}
