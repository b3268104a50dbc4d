import Foundation
import Testing

/// The faults of `Tests/Planted` fit the sources, so that `make planted` can plant them.
@Suite struct PlantedFaultTests {
  private struct Edit {
    var fault: String
    var file: String
    var old: String
    var new: String
  }

  private func names() throws -> [String] {
    let folder = SourceTree.root.appending(path: "Tests/Planted")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".fault") }.sorted()
  }

  private func edits() throws -> [Edit] {
    try names().flatMap { name in
      let text = try String(
        contentsOf: SourceTree.root.appending(path: "Tests/Planted/\(name)"), encoding: .utf8)
      return text.components(separatedBy: "\nfile: ").dropFirst().compactMap { part -> Edit? in
        guard let old = part.range(of: "\nold:\n"), let new = part.range(of: "\nnew:\n"),
          let end = part.range(of: "\nend", options: .backwards)
        else { return nil }
        return Edit(
          fault: String(name.dropFirst(3).dropLast(6)), file: String(part[..<old.lowerBound]),
          old: String(part[old.upperBound..<new.lowerBound]),
          new: String(part[new.upperBound..<end.lowerBound]))
      }
    }
  }

  @Test func `each fault's old text stands exactly once in its file`() throws {
    for edit in try edits() {
      let text = try String(
        contentsOf: SourceTree.root.appending(path: edit.file), encoding: .utf8)

      #expect(
        text.components(separatedBy: edit.old).count == 2, "\(edit.fault) in \(edit.file)")
      #expect(edit.new.contains("isPlanted(\"\(edit.fault)\")"), "\(edit.fault) in \(edit.file)")
    }
  }

  @Test func `the page names every fault`() throws {
    let page = try String(
      contentsOf: SourceTree.root.appending(path: "docs/simulation.md"), encoding: .utf8)
    let faults = try names().map { String($0.dropFirst(3).dropLast(6)) }

    #expect(faults.count == 16)
    #expect(Set(try edits().map(\.fault)) == Set(faults))
    #expect(faults.filter { !page.contains("| `\($0)` |") } == [])
  }
}
