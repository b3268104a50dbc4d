import ArgumentParser
import Sandbox

/// Serves both stand-ins until it is stopped.
struct SandboxStart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Serve both services until Ctrl-C or SIGTERM.",
    discussion: """
      The address is printed once requests are answered.

      EXAMPLES
        dynsync sandbox start
        dynsync sandbox start --port 0      take any free port
      """)

  @Option(help: "The port of 127.0.0.1 to answer on; 0 takes any free one.")
  var port = SandboxServer.defaultPort

  @OptionGroup var place: SandboxStateOption

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("There is no port \(port); give one from 0 to 65535.")
    }
  }

  func run() async throws {
    let server = SandboxServer(state: try place.open(), port: port, now: SandboxStateOption.now) {
      Console.result("sandbox answers at \(SandboxDefaults.address(port: $0))")
    }
    do {
      // A signal shuts the server down by itself.
      try await SignalledStop.during { _ in try await server.run() }
    } catch {
      throw CommandError(
        .failed, "sandbox: port \(port) cannot be taken: \(error)",
        mend: "stop what answers there, or run 'dynsync sandbox start --port 0'")
    }
  }
}
