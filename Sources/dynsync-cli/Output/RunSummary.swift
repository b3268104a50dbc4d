import Store
import Sync

/// The lines that end a run.
struct RunSummary {
  let text: String

  init(_ report: RunReport, isDry: Bool) {
    let counts = report.counts
    let seconds = Double(counts.milliseconds.values.reduce(0, +)) / 1000
    text = """
      run \(report.run): \(Self.state(report, isDry: isDry))
        read \(counts.recordsPulled), changed \(counts.recordsChanged), linked \(counts.linksMade), \
      created \(counts.recordsCreated), updated \(counts.recordsUpdated), \
      refused \(counts.rejections)
        calls: \(counts.dynamicsCalls) Dynamics, \(counts.marketoCalls) Marketo; \
      \(seconds.formatted(.number.precision(.fractionLength(1)))) s
      """
  }

  private static func state(_ report: RunReport, isDry: Bool) -> String {
    if isDry {
      return "dry run: \(Amount.text(report.counts.operationsPlanned, "write")) planned"
    }
    if report.wasStopped { return "stopped; run it again to go on" }
    if report.isInStep { return "in step" }
    let backlog =
      report.backlog > 0 ? "\(ProgressText.grouped(report.backlog)) in the backlog" : nil
    let errors = report.errors > 0 ? Amount.text(report.errors, "error") : nil
    let left = [backlog, errors].compactMap(\.self).joined(separator: " and ")
    return "\(left) left; see 'dynsync status'"
  }
}
