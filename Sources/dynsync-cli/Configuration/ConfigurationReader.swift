import Yams

/// Takes sections and values out of the parsed file and collects everything that is wrong with them.
///
/// What cannot be read is `nil`, and the problem is noted; reading goes on, so that all problems are
/// shown at once.
struct ConfigurationReader {
  let environment: [String: String]
  private(set) var problems: [ConfigurationProblem] = []
  private(set) var warnings: [ConfigurationProblem] = []

  init(environment: [String: String]) { self.environment = environment }

  /// Notes that something is wrong.
  mutating func refuse(_ key: String, line: Int?, _ reason: String, mend: String) {
    problems.append(ConfigurationProblem(line: line, key: key, reason: reason, mend: mend))
  }

  /// Notes something that does not stop a run.
  mutating func warn(_ key: String, line: Int?, _ reason: String, mend: String) {
    warnings.append(ConfigurationProblem(line: line, key: key, reason: reason, mend: mend))
  }

  /// Reads `node` as a section, refusing names that the catalogue does not know.
  ///
  /// With `acceptsAnyName` the names are left to the caller.
  mutating func section(
    _ node: Node, path: String, pattern: String, line: Int, acceptsAnyName: Bool = false
  ) -> ConfigurationSection? {
    guard let mapping = node.mapping else {
      refuse(path, line: line, "is no section of keys", mend: Self.sectionMend(pattern))
      return nil
    }
    var section = ConfigurationSection(path: path, pattern: pattern, line: line, entries: [])
    for (key, value) in mapping {
      let name = EnvironmentReferences.shown(key.string ?? "")
      section.entries.append(.init(name: name, value: value, line: key.mark?.line ?? line))
    }
    if !acceptsAnyName { refuseUnknownKeys(of: section) }
    return section
  }

  /// Reads the section `name` of `parent`; a missing one is noted where it is required.
  mutating func section(
    _ name: String, in parent: ConfigurationSection, acceptsAnyName: Bool = false
  ) -> ConfigurationSection? {
    guard let entry = found(name, in: parent) else { return nil }
    let pattern = parent.pattern.isEmpty ? name : "\(parent.pattern).\(name)"
    return section(
      entry.value, path: parent.path(of: name), pattern: pattern, line: entry.line,
      acceptsAnyName: acceptsAnyName)
  }

  /// Reads one single value with the environment's values put in.
  mutating func text(_ name: String, in section: ConfigurationSection) -> ConfigurationText? {
    guard let entry = found(name, in: section) else { return nil }
    return text(
      entry.value, path: section.path(of: name), line: entry.line, in: section, name: name)
  }

  /// Reads `node` as one single value; `name` tells the key whose example the mend shows.
  mutating func text(
    _ node: Node, path: String, line: Int, in section: ConfigurationSection, name: String
  ) -> ConfigurationText? {
    let mend = "write '\(Self.key(name, in: section)?.line ?? "\(name): …")'"
    guard let scalar = node.scalar else {
      refuse(path, line: line, "is no single value", mend: mend)
      return nil
    }
    let isEmpty = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    guard !isEmpty, scalar.string.contains(where: { !$0.isWhitespace }) else {
      refuse(path, line: line, "has no value", mend: mend)
      return nil
    }
    return resolved(scalar.string, path: path, line: scalar.mark?.line ?? line)
  }

  /// Finds the key `name`; a missing one is noted where it is required.
  mutating func found(
    _ name: String, in section: ConfigurationSection
  ) -> ConfigurationSection.Entry? {
    if let entry = section[name] { return entry }
    if let key = Self.key(name, in: section), key.need == .required {
      refuseMissing(key, in: section)
    }
    return nil
  }

  /// Notes that `key` is missing; the mend shows the line to add.
  mutating func refuseMissing(_ key: ConfigurationKey, in section: ConfigurationSection) {
    let path = section.path(of: key.name)
    refuse(path, line: section.line, "this key is missing", mend: "add '\(key.line)'")
  }

  /// The catalogue's entry for `name` in `section`.
  static func key(_ name: String, in section: ConfigurationSection) -> ConfigurationKey? {
    ConfigurationKey.known(in: section.pattern).first { $0.name == name }
  }

  private mutating func resolved(_ hidden: String, path: String, line: Int) -> ConfigurationText? {
    let written = EnvironmentReferences.shown(hidden)
    let (text, missing) = EnvironmentReferences.resolved(hidden, from: environment)
    for name in missing {
      refuse(
        path, line: line, "the environment variable \(name) is not set",
        mend: "set it: export \(name)=…")
    }
    let usesEnvironment = EnvironmentReferences.occur(in: hidden)
    if !usesEnvironment, hidden.contains("${") {
      refuse(
        path, line: line, "'${' does not begin the name of an environment variable",
        mend: "write ${NAME}, with letters, digits and underscores")
      return nil
    }
    guard missing.isEmpty else { return nil }
    return ConfigurationText(
      written: written, text: text, usesEnvironment: usesEnvironment, line: line, path: path)
  }

  private mutating func refuseUnknownKeys(of section: ConfigurationSection) {
    let known = ConfigurationKey.known(in: section.pattern).map(\.name)
    for entry in section.entries where !known.contains(entry.name) {
      let nearest = NearestName.of(entry.name, among: known)
      refuse(
        section.path(of: entry.name), line: entry.line, "this key is not known",
        mend: nearest.map { "write '\($0)'" }
          ?? "remove it; known here: \(known.joined(separator: ", "))")
    }
  }

  private static func sectionMend(_ pattern: String) -> String {
    let known = ConfigurationKey.known(in: pattern).map(\.name)
    guard !known.isEmpty else { return "write one key a line below it" }
    return "write keys below it: \(known.joined(separator: ", "))"
  }
}
