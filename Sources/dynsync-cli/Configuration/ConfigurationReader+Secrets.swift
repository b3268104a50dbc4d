import Foundation
import Transport

/// A key whose value must not stand in the file, and the key that names a file which holds it.
struct SecretKey {
  var name: String
  /// Whether a secret in plain sight is accepted: on loopback nothing is secret.
  var acceptsPlainText: Bool
  var isRequired = true

  /// The key for a file, as in `client_secret_file`.
  var fileName: String { "\(name)_file" }
}

extension ConfigurationReader {
  /// Reads a secret from the environment or from the file that the configuration names.
  ///
  /// `folder` is where a relative file name starts.
  mutating func secret(
    _ key: SecretKey, in section: ConfigurationSection, folder: String
  ) -> Secret? {
    switch (section[key.name], section[key.fileName]) {
    case (nil, nil):
      if key.isRequired { refuseMissingSecret(key, in: section) }
      return nil
    case (.some, let file?):
      refuse(
        section.path(of: key.fileName), line: file.line, "\(key.name) is given as well",
        mend: "keep one of the two")
      return nil
    case (.some, nil): return plainSecret(key, in: section)
    case (nil, .some): return secretFromFile(key, in: section, folder: folder)
    }
  }

  private mutating func refuseMissingSecret(_ key: SecretKey, in section: ConfigurationSection) {
    let line = Self.key(key.name, in: section)?.line ?? key.name
    refuse(
      section.path(of: key.name), line: section.line,
      "the secret is given neither by the environment nor by a file",
      mend: "add '\(line)' and set the variable, or add '\(key.fileName): PATH'")
  }

  private mutating func plainSecret(
    _ key: SecretKey, in section: ConfigurationSection
  ) -> Secret? {
    guard let value = text(key.name, in: section) else { return nil }
    guard value.usesEnvironment || key.acceptsPlainText else {
      let line = Self.key(key.name, in: section)?.line ?? key.name
      refuse(
        value.path, line: value.line, "a secret must not stand in this file",
        mend: "write '\(line)' and set the variable, or use \(key.fileName)")
      return nil
    }
    return Secret(value.text)
  }

  private mutating func secretFromFile(
    _ key: SecretKey, in section: ConfigurationSection, folder: String
  ) -> Secret? {
    guard let value = text(key.fileName, in: section) else { return nil }
    let path = FilePlace.path(value.text, from: folder)
    guard let content = try? String(contentsOfFile: path, encoding: .utf8) else {
      refuse(
        value.path, line: value.line, "\(path) cannot be read",
        mend: "put the secret there, readable for the user that runs dynsync")
      return nil
    }
    let secret = content.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !secret.isEmpty else {
      refuse(value.path, line: value.line, "\(path) is empty", mend: "put the secret there")
      return nil
    }
    if FilePlace.isReadableByOthers(path) {
      warn(
        value.path, line: value.line, "\(path) can be read by other users",
        mend: "run chmod 600 \(path)")
    }
    return Secret(secret)
  }
}
