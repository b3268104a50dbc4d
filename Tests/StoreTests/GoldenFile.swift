import Foundation
import Testing

/// A text that is kept in a file of the project: compared by tests, rewritten by `UPDATE_DOCS=1`.
struct GoldenFile {
  /// From the project's root.
  var path: String

  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_DOCS"] == "1"

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  var url: URL { Self.root.appending(path: path) }

  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// Compares the whole file.
  func expect(_ text: String) throws {
    if Self.isUpdating { try Data(text.utf8).write(to: url) }
    #expect(try self.text() == text, "run: UPDATE_DOCS=1 swift test")
  }

  /// Compares what stands between `<!-- name: begin -->` and `<!-- name: end -->`.
  func expect(_ text: String, between name: String) throws {
    let whole = try self.text()
    let begin = try #require(whole.range(of: "<!-- \(name): begin -->\n"))
    let end = try #require(whole.range(of: "<!-- \(name): end -->"))
    if Self.isUpdating {
      let updated = whole[..<begin.upperBound] + text + whole[end.lowerBound...]
      try Data(updated.utf8).write(to: url)
    }
    let read = try self.text()
    let first = try #require(read.range(of: "<!-- \(name): begin -->\n"))
    let last = try #require(read.range(of: "<!-- \(name): end -->"))
    #expect(read[first.upperBound..<last.lowerBound] == text, "run: UPDATE_DOCS=1 swift test")
  }
}
