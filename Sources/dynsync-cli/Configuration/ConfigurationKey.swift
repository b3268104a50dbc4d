/// One key that `dynsync.yaml` may have; the catalogue of them is what is accepted and documented.
struct ConfigurationKey: Hashable, Sendable {
  /// All names from the root, as in `dynamics.auth.flow`; `ENTITY` stands for an entity's name.
  var path: String
  var need: Need
  /// What to write behind the key.
  var example: String
  /// One sentence for people.
  var meaning: String

  enum Need: Hashable, Sendable {
    case required
    /// Required together with something else, in words.
    case requiredIf(String)
    /// What holds where the key is missing.
    case otherwise(String)
  }

  init(_ path: String, _ need: Need, _ example: String, _ meaning: String) {
    self.path = path
    self.need = need
    self.example = example
    self.meaning = meaning
  }

  /// The last part of the path: what is written in the file.
  var name: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// The path of the section that the key stands in; empty for the root.
  var section: String { path.split(separator: ".").dropLast().joined(separator: ".") }

  /// What to write into a file that lacks the key: `url: https://…`.
  var line: String { "\(name): \(example)" }

  /// The keys that `section` may have, in the catalogue's order.
  static func known(in section: String) -> [ConfigurationKey] {
    all.filter { $0.section == section && $0.name != "ENTITY" }
  }
}
