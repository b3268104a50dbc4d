/// Names of environment variables in a configuration's text, written `${NAME}`.
///
/// A brace ends a plain value inside `{…}` in YAML, so that `{secret: ${NAME}}` would be no YAML.
/// References are therefore hidden from the parser behind two private-use characters, one for each
/// brace, which keeps every line and column as it was.
enum EnvironmentReferences {
  private static let open = "\u{E000}"
  private static let close = "\u{E001}"

  /// `yaml` with every reference hidden from the parser.
  static func hidden(in yaml: String) -> String {
    yaml.replacing(/\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}/) { "$\(open)\($0.name)\(close)" }
  }

  /// A hidden text as it stands in the file.
  static func shown(_ text: String) -> String {
    text.replacing("$\(open)", with: "${").replacing(close, with: "}")
  }

  /// A hidden text with the values in place of the names, and the names that have no value.
  static func resolved(
    _ text: String, from environment: [String: String]
  ) -> (text: String, missing: [String]) {
    var missing: [String] = []
    let resolved = text.replacing(/\$\x{E000}(?<name>[A-Za-z0-9_]+)\x{E001}/) { match in
      let name = String(match.name)
      guard let value = environment[name], !value.isEmpty else {
        missing.append(name)
        return ""
      }
      return value
    }
    return (resolved, missing)
  }

  /// Whether a hidden text holds a reference.
  static func occur(in text: String) -> Bool { text.contains("$\(open)") }
}
