import Foundation
import Sandbox
import Synchronization

/// The real program, and the one moment at which it is to be killed.
final class KillableRun: Sendable {
  /// Something that the process is seen to do.
  struct Moment: CustomStringConvertible {
    enum Sign {
      /// The `count`-th request whose method and path contain these, at this stage.
      case request(String, String, SandboxMoment.Stage, count: Int)
      /// The first look at a path after it was written to, at this stage.
      case readBack(String, SandboxMoment.Stage)
      /// A progress line that begins so.
      case line(String)
    }

    let phase: String
    let sign: Sign

    init(_ phase: String, _ sign: Sign) {
      self.phase = phase
      self.sign = sign
    }

    var description: String {
      switch sign {
      case .request(let method, let path, let stage, let count):
        "\(phase): \(method) \(path) number \(count) \(stage)"
      case .readBack(let path, let stage): "\(phase): the read-back of \(path) \(stage)"
      case .line(let text): "\(phase): after '\(text)'"
      }
    }
  }

  private struct Current {
    var process: Int32?
    var moment: Moment?
    var seen = 0
    var hasWritten = false
    var wasKilled = false
  }

  private let current = Mutex(Current())

  /// Looks at a request, and kills the process if this is the moment.
  ///
  /// Throws if the request had just arrived: it died with its sender, and is not carried out.
  func observe(_ seen: SandboxMoment) throws {
    let isLost = current.withLock { current in
      guard Self.isMoment(seen, &current) else { return false }
      Self.kill(&current)
      return seen.stage == .arrived
    }
    if isLost { throw CancellationError() }
  }

  private static func isMoment(_ seen: SandboxMoment, _ current: inout Current) -> Bool {
    let isLook = seen.path.contains("_method=GET")
    switch current.moment?.sign {
    case .request(let method, let path, let stage, let count):
      guard seen.stage == stage, seen.method == method, seen.path.contains(path),
        !(path.hasSuffix(".json") && isLook)
      else { return false }
      current.seen += 1
      return current.seen == count
    case .readBack(let path, let stage):
      guard seen.path.contains(path) else { return false }
      if !isLook, seen.method == "POST", seen.stage == .done { current.hasWritten = true }
      return isLook && current.hasWritten && seen.stage == stage
    case .line, nil: return false
    }
  }

  private func look(at lines: String) {
    current.withLock { current in
      guard case .line(let wanted)? = current.moment?.sign,
        lines.split(separator: "\n").contains(where: { $0.hasPrefix(wanted) })
      else { return }
      Self.kill(&current)
    }
  }

  private static func kill(_ current: inout Current) {
    guard let process = current.process, !current.wasKilled else { return }
    current.wasKilled = true
    Foundation.kill(process, SIGKILL)
  }

  /// How the program ended.
  struct Ending {
    var wasKilled: Bool
    var status: Int32
    /// What it printed on its standard output: the results.
    var results: String
    /// What it printed on its standard error: all else.
    var notes: String

    /// What it printed on both streams.
    var output: String { results + notes }
  }

  /// Runs the program until it is killed at `moment`, or ends by itself.
  func run(
    _ arguments: [String] = ["run"], in folder: URL, until moment: Moment?
  ) async throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("dynsync")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [:]
    let (results, notes) = (Pipe(), Pipe())
    process.standardOutput = results
    process.standardError = notes
    current.withLock { $0 = Current(moment: moment) }
    try process.run()
    current.withLock { $0.process = process.processIdentifier }
    async let result = read(results.fileHandleForReading)
    async let note = read(notes.fileHandleForReading)
    let texts = await (results: result, notes: note)
    process.waitUntilExit()
    let wasKilled = current.withLock { current in
      defer { current = Current() }
      return current.wasKilled
    }
    return Ending(
      wasKilled: wasKilled, status: process.terminationStatus, results: texts.results,
      notes: texts.notes)
  }

  /// Reads what the process prints, to its end, on a thread that may wait.
  private func read(_ handle: FileHandle) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var text = ""
        while true {
          let data = handle.availableData
          if data.isEmpty { break }
          let lines = String(decoding: data, as: UTF8.self)
          text += lines
          self.look(at: lines)
        }
        continuation.resume(returning: text)
      }
    }
  }
}
