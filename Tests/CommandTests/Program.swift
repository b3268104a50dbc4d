import Foundation
import Testing

/// The built program, run as a shell runs it.
struct Program {
  struct Ending: Hashable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs the program with `arguments` in `folder` and without any variable of this process.
  static func run(_ arguments: String..., in folder: TemporaryFolder) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("dynsync")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = [:]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let texts = [output, errors].map {
      String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    process.waitUntilExit()
    return Ending(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}
