import Foundation
import Testing
import Transport

@testable import dynsync_cli

@Suite struct SecretFileTests {
  @Test func `a secret is read from a file beside the configuration`() throws {
    let folder = try TemporaryFolder()
    try folder.write("from-file\n", to: "m.secret", mode: 0o600)

    let configuration = try folder.load(Self.yaml)

    #expect(configuration.marketo.clientSecret == Secret("from-file"))
    #expect(configuration.warnings == [])
  }

  @Test func `a secret that others can read is used with a warning`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("from-file", to: "m.secret", mode: 0o644)

    let configuration = try folder.load(Self.yaml)

    #expect(configuration.marketo.clientSecret == Secret("from-file"))
    #expect(
      configuration.warnings == [
        "\(folder.path)/dynsync.yaml:10: marketo.client_secret_file: \(path) can be read by other "
          + "users; run chmod 600 \(path)"
      ])
  }

  @Test func `an empty secret file is refused`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("\n", to: "m.secret", mode: 0o600)

    let error = #expect(throws: ConfigurationError.self) { try folder.load(Self.yaml) }

    #expect(
      error?.message
        == "\(folder.path)/dynsync.yaml:10: marketo.client_secret_file: \(path) is empty")
    #expect(error?.mend == "put the secret there")
  }

  @Test func `on loopback a secret may stand in the file`() throws {
    let yaml = SampleConfiguration.yaml
      .replacing("https://123-ABC-456.mktorest.com", with: "http://127.0.0.1:8365")
      .replacing("${MARKETO_CLIENT_SECRET}", with: "sandbox")

    let configuration = try SampleConfiguration.parse(yaml)

    #expect(configuration.marketo.clientSecret == Secret("sandbox"))
  }

  private static let yaml = SampleConfiguration.yaml.replacing(
    "client_secret: ${MARKETO_CLIENT_SECRET}", with: "client_secret_file: m.secret")
}

extension TemporaryFolder {
  fileprivate func load(_ yaml: String) throws -> Configuration {
    try Configuration.load(
      from: write(yaml, to: "dynsync.yaml"), environment: SampleConfiguration.environment)
  }
}
