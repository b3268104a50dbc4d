/// The query options of one request, and how to repeat them in a link.
struct DynamicsOptions {
  private(set) var select: [String]?
  private(set) var filter: DynamicsFilter?
  private(set) var order: [(property: String, isDescending: Bool)] = []
  private(set) var expand: String?
  private(set) var top: Int?
  private(set) var wantsCount = false
  private(set) var skipToken: String?
  private(set) var deltaToken: String?
  /// Parameters such as `@p1`.
  private(set) var parameters: [String: String] = [:]
  private var names: Set<String> = []
  private var raw: [(name: String, text: String)] = []

  /// Reads the text behind the question mark; throws the service's refusal of a bad option.
  init(_ query: String) throws {
    for piece in query.split(separator: "&") {
      let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = DynamicsPercent.decoded(pair[0]).lowercased()
      let value = pair.count > 1 ? DynamicsPercent.decoded(pair[1]) : ""
      raw.append((name, String(piece)))
      names.insert(name)
      try read(name, value)
    }
  }

  private mutating func read(_ name: String, _ value: String) throws {
    switch name {
    case "$select": select = Self.list(value)
    case "$filter": filter = try DynamicsFilterParser.parse(value)
    case "$orderby": order = try Self.list(value).map(Self.order)
    case "$expand": expand = value
    case "$top":
      guard let number = Int(value), number >= 0 else {
        throw DynamicsFailure.query(
          "Invalid value '\(value)' for $top query option found.")
      }
      top = number
    case "$count": wantsCount = value.lowercased() == "true"
    case "$skiptoken": skipToken = value
    case "$deltatoken": deltaToken = value
    case "$skip": throw DynamicsFailure.query("Skip Clause is not supported in CRM")
    default:
      if name.hasPrefix("@") {
        parameters[name] = value
      } else if name.hasPrefix("$") {
        throw DynamicsFailure.query("The query parameter \(name) is not supported.")
      }
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
  }

  private static func order(_ text: String) throws -> (property: String, isDescending: Bool) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    switch (words.count, words.last?.lowercased()) {
    case (1, _): return (words[0], false)
    case (2, "asc"): return (words[0], false)
    case (2, "desc"): return (words[0], true)
    default: throw DynamicsFailure.query("Syntax error at position 0 in '\(text)'.")
    }
  }

  /// Refuses what change tracking does not go with.
  func refuseWhileTracking() throws {
    for name in ["$filter", "$orderby", "$expand", "$top"] where names.contains(name) {
      throw DynamicsFailure.query(
        "The \"\(name)\" query parameter isn't supported when Change Tracking is enabled.")
    }
  }

  /// The options as they were sent, without their tokens, and one token added.
  func link(_ path: String, _ token: String, _ value: String) -> String {
    let kept = raw.filter { $0.name != "$skiptoken" && $0.name != "$deltatoken" }.map(\.text)
    return path + "?"
      + (kept + ["\(token)=\(DynamicsPercent.encoded(value))"]).joined(separator: "&")
  }
}
