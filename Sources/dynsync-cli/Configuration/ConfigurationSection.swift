import Yams

/// One mapping of the file: its values by name, each with the place where it stands.
struct ConfigurationSection {
  /// How messages name it, as in `entities.lead.fields[3]`; empty for the root.
  var path: String
  /// The path in the catalogue of keys, as in `entities.ENTITY.fields`.
  var pattern: String
  var line: Int
  /// In the order of the file.
  var entries: [Entry]

  struct Entry {
    var name: String
    var value: Node
    /// The line of the name.
    var line: Int
  }

  subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// How messages name the key `name` of this section.
  func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

/// One single value of the file.
struct ConfigurationText: Hashable {
  /// As it stands in the file, so that a message shows `${NAME}` and not the secret behind it.
  var written: String
  /// With the environment's values put in.
  var text: String
  var usesEnvironment: Bool
  var line: Int
  /// How messages name its key.
  var path: String
}
