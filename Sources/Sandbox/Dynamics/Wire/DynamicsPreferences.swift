/// What a caller asked for in its `Prefer` headers (Dataverse Web API, request headers).
struct DynamicsPreferences: Sendable {
  private(set) var wantsRepresentation = false
  private(set) var continuesOnError = false
  private(set) var tracksChanges = false
  private(set) var maximumPageSize: Int?
  private(set) var annotations = DynamicsAnnotations(patterns: [])
  private var applied: [String] = []

  /// Reads a header's value; blanks after commas and quotes may be missing.
  init(_ header: String?) {
    for item in Self.items(header ?? "") {
      let pair = item.split(separator: "=", maxSplits: 1).map {
        $0.trimmingBlanks()
      }
      guard let name = pair.first?.lowercased() else { continue }
      let value = pair.count > 1 ? pair[1].trimmingQuotes() : ""
      switch name {
      case "return" where value == "representation": wantsRepresentation = true
      case "odata.continue-on-error": continuesOnError = true
      case "odata.track-changes": tracksChanges = true
      case "odata.maxpagesize":
        guard let size = Int(value), size > 0 else { continue }
        maximumPageSize = size
      case "odata.include-annotations":
        annotations = DynamicsAnnotations(
          patterns: value.split(separator: ",").map { $0.trimmingBlanks() })
      default: continue
      }
      applied.append(item)
    }
  }

  /// The `Preference-Applied` header of the answer, where anything was honoured.
  var appliedHeader: [(name: String, value: String)] {
    applied.isEmpty ? [] : [("Preference-Applied", applied.joined(separator: ", "))]
  }

  private static func items(_ header: String) -> [String] {
    var items: [String] = []
    var current = ""
    var isQuoted = false
    for character in header {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted {
        items.append(current.trimmingBlanks())
        current = ""
      } else {
        current.append(character)
      }
    }
    items.append(current.trimmingBlanks())
    return items.filter { !$0.isEmpty }
  }
}

/// The annotations that a caller wants beside the values.
struct DynamicsAnnotations: Sendable {
  /// Names, or beginnings that end in a star.
  var patterns: [String]

  /// Whether the annotation of that name was asked for.
  func includes(_ name: String) -> Bool {
    patterns.contains { pattern in
      if pattern.hasSuffix("*") { return name.hasPrefix(pattern.dropLast()) }
      return pattern == name
    }
  }
}

extension StringProtocol {
  /// The text without the blanks around it.
  func trimmingBlanks() -> String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }

  /// The text without one pair of double quotes around it.
  func trimmingQuotes() -> String {
    guard count >= 2, hasPrefix("\""), hasSuffix("\"") else { return String(self) }
    return String(dropFirst().dropLast())
  }
}
