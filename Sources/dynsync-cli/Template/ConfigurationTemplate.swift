import Foundation

/// The first `dynsync.yaml`: a commented text that a person goes on with.
struct ConfigurationTemplate: Hashable, Sendable {
  var target: Target

  /// The database that the file names, in the file's own folder.
  static let database = "dynsync.db"

  enum Target: Hashable, Sendable, CaseIterable {
    /// Real services: names to fill in, secrets from the environment.
    case services
    /// The sandbox on this machine: works at once.
    case sandbox
  }

  init(_ target: Target) { self.target = target }

  /// The whole text of the file.
  var yaml: String {
    switch target {
    case .services: Self.servicesHead + Self.rules + Self.fieldMap + Self.customExample
    case .sandbox: Self.sandboxHead + Self.rules + Self.fieldMap + Self.sandboxCustom
    }
  }

  /// What to do once the file is written.
  var nextStep: String {
    switch target {
    case .services:
      "fill in the two addresses and client ids, set DYNAMICS_CLIENT_SECRET and "
        + "MARKETO_CLIENT_SECRET, then run 'dynsync init --provision'"
    case .sandbox:
      "run 'dynsync sandbox seed', start 'dynsync sandbox start', run 'dynsync init --provision', "
        + "then 'dynsync run'"
    }
  }

  /// Writes the text to `path`, where nothing may stand yet.
  func write(to path: String) throws(CommandError) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandError(
        .usage, "\(path) is there already, and init overwrites nothing",
        mend: "edit it, or move it away first: mv \(path) \(path).old")
    }
    do {
      try Data(yaml.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch {
      throw CommandError(
        .failed, "\(path) cannot be written", mend: "look at the folder's rights and free space")
    }
  }
}
