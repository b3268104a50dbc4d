import Foundation

/// The built program, run as a shell runs it.
enum Program {
  struct Ending: Hashable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs the program with `arguments` in `folder` and without any variable of this process.
  static func run(_ arguments: String..., in folder: TemporaryFolder) throws -> Ending {
    try run(arguments, in: folder)
  }

  /// The same for a list of arguments.
  static func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Ending {
    try ending(of: process(arguments, in: folder))
  }

  /// The same where no file can grow over so many kilobytes, as on a disk that is full.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, filesOfAtMost kilobytes: Int
  ) throws -> Ending {
    let process = process(arguments, in: folder)
    let program = process.executableURL?.path ?? ""
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments =
      ["-c", "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" \"$@\"", program] + arguments
    return try ending(of: process)
  }

  private static func ending(of process: Process) throws -> Ending {
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

  fileprivate static func process(_ arguments: [String], in folder: TemporaryFolder) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("dynsync")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = [:]
    return process
  }
}

extension Program {
  /// The program while it runs.
  struct Running {
    private let process: Process
    private let output = Pipe()

    init(_ arguments: String..., in folder: TemporaryFolder) throws {
      process = Program.process(arguments, in: folder)
      process.standardOutput = output
      try process.run()
    }

    /// Waits for the first line of the output.
    func firstLine() -> String {
      var line = ""
      while !line.contains("\n") {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        line += String(decoding: data, as: UTF8.self)
      }
      return line.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// Sends a signal, unless the program has ended.
    func kill(with signal: Int32) {
      guard process.isRunning else { return }
      Foundation.kill(process.processIdentifier, signal)
    }

    /// Waits for the end.
    func status() -> Int32 {
      process.waitUntilExit()
      return process.terminationStatus
    }
  }
}
