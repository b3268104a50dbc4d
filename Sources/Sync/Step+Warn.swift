import Model
import Store

extension Step {
  /// Tells people something that they should look at, while the run goes on.
  func warn(_ kind: RunWarning.Kind, _ message: String) throws {
    try engine.warn(RunWarning(kind, message), run: run)
  }

  /// Tells of another writer under our name, once changes were seen in more than one run.
  ///
  /// One run's worth may be what a lost database, or one that was put back, wrote before.
  func warnOfOtherWriter() throws {
    try store.forgetForeignChanges(at: engine.now())
    let seen = try store.foreignChanges(at: engine.now())
    guard seen.runs > 1 else { return }
    try warn(
      .otherWriter,
      "another program writes to Dynamics as dynsync's own user: \(seen.records) records in"
        + " \(seen.runs) runs of the last week; if it is a second dynsync on this pair, stop one;"
        + " if it is another integration, give it a user of its own")
  }

  /// Tells of columns that a whole entity lost on both sides at once: nothing is left to write.
  func warnOfEmptied() throws {
    for column in try store.agreedEmpty(in: run)
    where column.count > engine.rules.limits.emptied {
      try warn(
        .emptied,
        "\(column.count) \(column.entity) values of \(column.pair) became empty on both sides;"
          + " look whether the field still holds what it did")
    }
  }

  /// Tells of what is paused.
  func warnOfPauses() throws {
    let paused = try store.pausedFields(in: run)
    guard paused > 0 else { return }
    try warn(
      .paused,
      "\(paused) fields are written at every run and changed back: they are paused;"
        + " 'dynsync status' names them")
  }
}

extension Engine {
  func warn(_ warning: RunWarning, run: Int64) throws {
    log.notice("a warning", metadata: ["kind": "\(warning.kind.rawValue)"])
    try store.warn(warning, run: run)
  }

  /// Puts right what a clock that jumped has left behind, and says so.
  func checkClock(run: Int64) throws {
    let now = now()
    guard let last = try store.lastStart(before: run, after: now) else { return }
    try store.pullBackTimes(to: now)
    try warn(
      RunWarning(
        .clock,
        "an earlier run began at \(last.text), which is still to come by this machine's clock;"
          + " look at the clock"), run: run)
  }
}
