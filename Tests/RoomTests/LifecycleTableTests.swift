import Foundation
import Testing

/// `docs/lifecycle.md` names the test that shows each of its rows.
@Suite struct LifecycleTableTests {
  /// What the page says in code style with a slash: the suite and the sentence.
  private func named() throws -> [(suite: String, sentence: String)] {
    let page = try String(
      contentsOf: SourceTree.root.appending(path: "docs/lifecycle.md"), encoding: .utf8)
    return page.matches(of: #/`(\w+Tests)/([^`]+)`/#).map { (String($0.1), String($0.2)) }
  }

  private func targets() throws -> [String] {
    let folder = SourceTree.root.appending(path: "Tests")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("Tests") }.sorted()
  }

  @Test func `every test that the page names stands in its suite`() throws {
    let files = try targets().flatMap(SourceTree.tests(of:))
    let named = try named()

    let missing = named.filter { suite, sentence in
      !files.contains { file in
        (file.text.contains("struct \(suite) ") || file.text.contains("extension \(suite) "))
          && file.text.contains("func `\(sentence)`")
      }
    }

    #expect(named.count >= 40)
    #expect(missing.map { "\($0.suite)/\($0.sentence)" } == [])
  }

  @Test func `every row names a test over HTTP`() throws {
    let page = try String(
      contentsOf: SourceTree.root.appending(path: "docs/lifecycle.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .filter { !$0.hasSuffix("| in the simulation |") }

    #expect(rows.count >= 40)
    #expect(rows.filter { !$0.contains("Tests/") } == [])
  }
}
