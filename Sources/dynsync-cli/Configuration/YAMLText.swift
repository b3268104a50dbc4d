import Yams

/// Parses YAML and puts the parser's complaints into words.
enum YAMLText {
  /// The root of the only document in `yaml`.
  static func root(of yaml: String, file: String) throws(ConfigurationError) -> Node {
    let node: Node?
    do {
      node = try compose(yaml: yaml)
    } catch {
      throw complaint(error, file: file)
    }
    guard let node, node.mapping?.isEmpty != true, !isNothing(node) else {
      throw ConfigurationError(
        file: file, reason: "is empty",
        mend: "move it away and run 'dynsync init' to write a new one")
    }
    return node
  }

  private static func isNothing(_ node: Node) -> Bool {
    node.scalar.map { $0.style == .plain && $0.string.isEmpty } ?? false
  }

  private static func complaint(_ error: any Error, file: String) -> ConfigurationError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigurationError(
        file: file, line: mark.line,
        reason: "is no valid YAML in column \(mark.column): \(problem)",
        mend: "look at the indentation, colons, brackets and quotes of this line and the one before"
      )
    case .duplicatedKeysInMapping(let names, let context):
      ConfigurationError(
        file: file, line: context.mark.line,
        reason: "\(names.map { "'\($0)'" }.joined(separator: ", ")) stands twice in one section",
        mend: "join the two")
    default:
      ConfigurationError(
        file: file, reason: "is no valid YAML", mend: "write it anew with 'dynsync init'")
    }
  }
}
