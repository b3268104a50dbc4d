/// One thing that is wrong with the configuration: where, what, why, and the mend.
struct ConfigurationProblem: Hashable, Sendable {
  /// The line, counted from 1; `nil` where the file as a whole is meant.
  var line: Int?
  /// The key, as in `marketo.url`; empty where no key is meant.
  var key: String
  var reason: String
  /// What to do, as an order to the reader.
  var mend: String

  /// Where, what and why: `dynsync.yaml:4: marketo.ulr: this key is not known`.
  func sentence(in file: String) -> String {
    let place = line.map { "\(file):\($0)" } ?? file
    return key.isEmpty ? "\(place): \(reason)" : "\(place): \(key): \(reason)"
  }
}

/// All that is wrong with one configuration file, in the order of its lines.
struct ConfigurationError: Error, Hashable, Sendable {
  var file: String
  var problems: [ConfigurationProblem]

  /// More than this many are counted, not shown.
  static let mostShown = 20

  init(file: String, problems: [ConfigurationProblem]) {
    self.file = file
    self.problems = problems.enumerated()
      .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
      .map(\.element)
  }

  init(file: String, line: Int? = nil, reason: String, mend: String) {
    self.init(
      file: file,
      problems: [ConfigurationProblem(line: line, key: "", reason: reason, mend: mend)])
  }

  /// The words after `Error: `.
  var message: String {
    if problems.count == 1, let only = problems.first { return only.sentence(in: file) }
    var lines = ["\(file) has \(problems.count) problems"]
    lines += problems.prefix(Self.mostShown).map { "  \($0.sentence(in: file)); \($0.mend)" }
    let hidden = problems.count - Self.mostShown
    if hidden > 0 { lines.append("  and \(hidden) more") }
    return lines.joined(separator: "\n")
  }

  /// The words after `Try: `.
  var mend: String {
    if problems.count == 1, let only = problems.first { return only.mend }
    return "mend these lines; docs/configuration.md lists every key"
  }
}
