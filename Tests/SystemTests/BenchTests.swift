import Foundation
import Testing

/// The program behind `make bench`, at a size at which its figures mean nothing.
@Suite struct BenchTests {
  @Test func `every bench gives its figures`() throws {
    let bench = Process()
    bench.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("dynsync-bench")
    bench.arguments = ["--size", "tiny"]
    let output = Pipe()
    bench.standardOutput = output
    try bench.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    bench.waitUntilExit()

    #expect(bench.terminationStatus == 0)
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.count == Self.figures.count, "\(text)")
    for (line, figure) in zip(lines, Self.figures) { #expect(line.hasPrefix(figure)) }
  }

  private static let figures = [
    "what dynsync ",
    "apply 500 new rows (bare insert) ",
    "apply 500 changed rows (bare insert) ",
    "apply 500 unchanged rows (bare insert) ",
    "apply 500 changed rows (bare update) ",
    "plan 500 changed links, 0 % collide ",
    "plan 500 changed links, 1 % collide ",
    "plan 500 changed links, 100 % collide ",
    "quiet run, 1,000 links: engine time ",
    "quiet run, 1,000 links: mirror rows read 0 0 at 1,000 0 ok",
    "quiet run, 1,000 links: mirror rows written 0 0 at 1,000 0 ok",
    "quiet run, 1,000 links: full scan steps ",
    "quiet run, 1,000 links: machine steps ",
    "quiet run, 1,000 links: pages looked at ",
    "quiet run, 1,000 links: questions Dynamics 2, Marketo 1 ",
    "peak memory, first run over 1,000 records ",
    "calls to push 150 persons to Marketo 3 ",
    "calls to push 150 rows to Dynamics 2 ",
    "simulation, all faults, 2 histories from seed 1 ",
  ]
}
