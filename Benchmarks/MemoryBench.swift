import Foundation

/// How much memory a first read, its links and its plan take: in a process of their own.
enum MemoryBench {
  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] {
    let child = Process()
    child.executableURL = URL(filePath: CommandLine.arguments[0])
    child.arguments = ["--child", "--size", size.rawValue]
    let output = Pipe()
    child.standardOutput = output
    try child.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    child.waitUntilExit()
    let words = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard child.terminationStatus == 0, words.count == 3 else {
      throw RawError(words: "the measured process ended with \(child.terminationStatus): \(text)")
    }
    let megabytes = words[0] / 1024
    return [
      Figure(
        what: "peak memory, first run over \(Figure.number(words[1])) records",
        reached: "\(Figure.number(megabytes)) MB", limit: "\(Figure.number(words[2])) s in all",
        mark: "< 200 MB", isMet: megabytes < 200)
    ]
  }

  /// A first run over made-up services; prints the most kilobytes held, the records, the seconds.
  static func child(_ size: BenchSize) async throws {
    let count = size.of(1_000_000, small: 20_000)
    try await ScratchFolder.use { folder in
      let world = try BenchEngine(path: folder.path("memory.db"), contacts: count, accounts: 5000)
      let seconds = try await Stopwatch.seconds {
        let report = try await world.run()
        guard report.counts.linksMade == count + 5000 else {
          throw RawError(words: "\(report.counts.linksMade) links were made")
        }
      }
      print(try peakKilobytes(), count, Int(seconds))
    }
  }

  private static func peakKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return line?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0
  }
}
