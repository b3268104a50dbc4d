import Store
import Sync

/// The one line that ends a run.
struct RunSummary {
  let text: String

  init(_ report: RunReport, isDry: Bool) {
    let counts = report.counts
    let seconds = Double(counts.milliseconds.values.reduce(0, +)) / 1000
    let state =
      if isDry {
        "dry run: \(counts.operationsPlanned) writes planned"
      } else if report.wasStopped {
        "stopped; run it again to go on"
      } else if report.isInStep {
        "in step"
      } else {
        "left: \(report.backlog) in the backlog, \(report.errors) errors; see 'dynsync status'"
      }
    text = """
      run \(report.run): \(state)
        read \(counts.recordsPulled), changed \(counts.recordsChanged), linked \(counts.linksMade), \
      created \(counts.recordsCreated), updated \(counts.recordsUpdated), \
      refused \(counts.rejections)
        calls: \(counts.dynamicsCalls) Dynamics, \(counts.marketoCalls) Marketo; \
      \(seconds.formatted(.number.precision(.fractionLength(1)))) s
      """
  }
}
