import Foundation

extension Program {
  /// Lets `body` use a sandbox of the folder's own, at its address.
  static func withSandbox(
    _ body: (_ folder: TemporaryFolder, _ address: String) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    try withSandbox(in: folder) { address in try body(folder, address) }
  }

  /// The same for the sandbox of a folder that stands.
  static func withSandbox(
    in folder: TemporaryFolder, _ body: (_ address: String) throws -> Void
  ) throws {
    let server = try Running("sandbox", "start", "--port", "0", in: folder)
    defer {
      server.kill(with: SIGKILL)
      _ = server.status()
    }
    let address = String(server.firstLine().dropFirst("sandbox answers at ".count))
    try body(address)
  }
}
