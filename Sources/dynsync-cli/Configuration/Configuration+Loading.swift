import Foundation
import Model
import Yams

extension Configuration {
  /// Reads the configuration at `path`; all that is wrong with it is told at once.
  static func load(
    from path: String, environment: [String: String]
  ) throws(ConfigurationError) -> Configuration {
    guard FileManager.default.fileExists(atPath: path) else {
      throw ConfigurationError(
        file: path, reason: "there is no such file",
        mend: "run 'dynsync init' to write one, or name yours with --config")
    }
    guard let yaml = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw ConfigurationError(
        file: path, reason: "cannot be read as UTF-8 text",
        mend: "look at its rights and its encoding")
    }
    return try parse(yaml, file: path, environment: environment)
  }

  /// Reads `yaml`; `file` is what messages call it, and where relative paths start.
  static func parse(
    _ yaml: String, file: String, environment: [String: String]
  ) throws(ConfigurationError) -> Configuration {
    let root = try YAMLText.root(of: EnvironmentReferences.hidden(in: yaml), file: file)
    var reader = ConfigurationReader(environment: environment)
    let configuration = reader.configuration(from: root, file: file)
    guard reader.problems.isEmpty, let configuration else {
      throw ConfigurationError(file: file, problems: reader.problems)
    }
    return configuration
  }
}

extension ConfigurationReader {
  /// Reads the whole file; `nil` where a problem was noted that leaves nothing to go on with.
  fileprivate mutating func configuration(from node: Node, file: String) -> Configuration? {
    let line = node.mark?.line ?? 1
    guard let root = section(node, path: "", pattern: "", line: line) else { return nil }
    let folder = FilePlace.folder(of: file)
    let database = database(in: root, folder: folder)
    let dynamics = dynamics(in: root, folder: folder)
    let marketo = marketo(in: root, folder: folder)
    let personKey = marketo?.personKey ?? MarketoAccess.defaultPersonKey
    let match = match(in: root)
    let merge = choice("merge", in: root, carriedOut: MergePolicy.flag, unfinished: .merge)
    let limits = limits(in: root)
    let entities = entities(in: root, personKey: personKey)
    guard let dynamics, let marketo else { return nil }
    return Configuration(
      file: file, database: database, dynamics: dynamics,
      marketo: marketo,
      rules: SyncRules(
        entities: entities.rules, match: match, merge: merge, limits: limits,
        mirrored: entities.mirrored),
      filters: entities.filters,
      warnings: warnings.map { "\($0.sentence(in: file)); \($0.mend)" })
  }

  private mutating func database(in root: ConfigurationSection, folder: String) -> String {
    guard let value = text("database", in: root) else {
      return FilePlace.path(ConfigurationTemplate.database, from: folder)
    }
    let path = FilePlace.path(value.text, from: folder)
    if FilePlace.isFolder(path) {
      refuse(
        value.path, line: value.line, "\(path) is a folder",
        mend:
          "name a file in it, as in 'database: \(FilePlace.path("dynsync.db", from: value.written))'"
      )
    }
    return path
  }
}
