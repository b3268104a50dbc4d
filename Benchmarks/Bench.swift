import Foundation

/// The program behind `make bench`: what dynsync reaches, beside what the machine can do.
///
/// `dynsync-bench [--size tiny|small|full] [NAME…]` runs the named benches, or all. With `--child` it is
/// the part of a bench that must stand in a process of its own.
@main
struct Bench {
  static let all: [(name: String, run: @Sendable (BenchSize) async throws -> [Figure])] = [
    ("apply", ApplyBench.run), ("plan", PlanBench.run), ("quiet", QuietBench.run),
    ("memory", MemoryBench.run), ("calls", CallBench.run), ("simulation", SimulationBench.run),
  ]

  static func main() async {
    do {
      var names = Array(CommandLine.arguments.dropFirst())
      var size = BenchSize.full
      if let place = names.firstIndex(of: "--size") {
        size = names.dropFirst(place + 1).first.flatMap(BenchSize.init) ?? .full
        names.removeSubrange(place..<min(place + 2, names.count))
      }
      if names.first == "--child" { return try await MemoryBench.child(size) }
      try await run(names, size)
    } catch {
      FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ names: [String], _ size: BenchSize) async throws {
    show(Figure.heading)
    for bench in all where names.isEmpty || names.contains(bench.name) {
      for figure in try await bench.run(size) { show(figure.line) }
    }
  }

  /// Each line is there as soon as it is known, in a pipe too.
  private static func show(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }
}
