import Foundation

/// A page of `docs/` with generated parts between markers: `<!-- NAME -->` … `<!-- /NAME -->`.
struct DocumentationPage {
  var path: String
  private(set) var text: String

  init(_ name: String, file: String = #filePath) throws {
    let root = URL(fileURLWithPath: file).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    path = root.appendingPathComponent("docs/\(name)").path
    text = try String(contentsOfFile: path, encoding: .utf8)
  }

  /// Whether the pages are to be rewritten instead of compared.
  static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_DOCS"] == "1" }

  /// What stands between the markers of `name`; `nil` where there are none.
  func part(_ name: String) -> String? { range(of: name).map { String(text[$0]) } }

  /// Puts `content` between the markers of `name`; without markers they are added at the end.
  mutating func replace(_ name: String, with content: String) throws {
    if let range = range(of: name) {
      text.replaceSubrange(range, with: content)
    } else {
      text += "\n<!-- \(name) -->\(content)<!-- /\(name) -->\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func range(of name: String) -> Range<String.Index>? {
    guard let start = text.firstRange(of: "<!-- \(name) -->"),
      let end = text[start.upperBound...].firstRange(of: "<!-- /\(name) -->")
    else { return nil }
    return start.upperBound..<end.lowerBound
  }
}
