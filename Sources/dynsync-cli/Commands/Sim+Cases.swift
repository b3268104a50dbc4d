import Foundation
import Simulation

extension Sim {
  /// Runs a file of merge cases: each line of a case that fails, then the counts.
  func runCases(_ path: String) throws {
    let file: CaseFile
    do {
      file = try CaseFile(json: Data(contentsOf: URL(filePath: path)))
    } catch let problem as CaseFileProblem {
      throw CommandError(
        .usage, "sim: \(path): \(problem)", mend: "write the case as docs/cases.md tells")
    } catch {
      throw CommandError(
        .usage, "sim: \(path) cannot be read", mend: "give the path of a file of merge cases")
    }
    var failed = 0
    for item in file.cases {
      let wrong = try item.verdicts().filter { !$0.isRight }
      guard !wrong.isEmpty else { continue }
      failed += 1
      Console.result("case '\(item.name)' fails:")
      for verdict in wrong {
        for line in item.explanation(of: verdict) { Console.result("  \(line)") }
      }
    }
    Console.result("\(file.cases.count) cases, \(file.cases.count - failed) right, \(failed) wrong")
    if failed > 0 { throw ExitStatus.failed.code }
  }
}
