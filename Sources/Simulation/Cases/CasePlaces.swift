import Foundation

/// The lines on which the cases of a file begin, and their names, so that a mistake can be found.
struct CasePlaces {
  private var lines: [Int] = []
  private var names: [String] = []

  init(_ json: Data) {
    let text = String(decoding: json, as: UTF8.self)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for match in line.matches(of: #/"case"\s*:\s*(?:"((?:[^"\\]|\\.)*)")?/#) {
        lines.append(index + 1)
        names.append(match.1.map { "case '\($0)'" } ?? "a case without a name")
      }
    }
  }

  func problem(_ index: Int, _ name: String, _ reason: String) -> CaseFileProblem {
    CaseFileProblem(line: line(index), item: "case '\(name)'", reason: reason)
  }

  /// Puts what the decoder found into words.
  func problem(_ error: DecodingError) -> CaseFileProblem {
    switch error {
    case .keyNotFound(let key, let context):
      problem(context.codingPath, "'\(key.stringValue)' is missing")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      problem(context.codingPath, context.field + "is no \(Self.word(for: type))")
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      CaseFileProblem(line: nil, reason: "this is no JSON: \(Self.syntax(context))")
    case .dataCorrupted(let context):
      problem(context.codingPath, context.field + context.debugDescription)
    @unknown default: CaseFileProblem(line: nil, reason: "\(error)")
    }
  }

  private func problem(_ path: [any CodingKey], _ reason: String) -> CaseFileProblem {
    guard let index = path.lazy.compactMap(\.intValue).first else {
      return CaseFileProblem(line: nil, reason: reason)
    }
    let name = names.indices.contains(index) ? names[index] : "case number \(index + 1)"
    return CaseFileProblem(line: line(index), item: name, reason: reason)
  }

  private func line(_ index: Int) -> Int? { lines.indices.contains(index) ? lines[index] : nil }

  private static func word(for type: Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is Int.Type: "number"
    case is [String].Type: "list"
    default: "object of the documented form"
    }
  }

  /// The decoder's own words name the line and the column.
  private static func syntax(_ context: DecodingError.Context) -> String {
    guard let cause = context.underlyingError as? CocoaError,
      let words = cause.userInfo[NSDebugDescriptionErrorKey] as? String
    else { return context.debugDescription }
    return words
  }
}

extension DecodingError.Context {
  /// `pairs[1].base: `: the place within the case.
  fileprivate var field: String {
    var words = ""
    for key in codingPath.dropFirst(2) {
      words += key.intValue.map { "[\($0)]" } ?? (words.isEmpty ? "" : ".") + key.stringValue
    }
    return words.isEmpty ? "" : "'\(words)' "
  }
}
