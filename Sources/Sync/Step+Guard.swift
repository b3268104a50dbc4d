import Model
import Store

extension Step {
  /// Stops before a round's first write if its plan goes over a limit that nobody lifted for it.
  ///
  /// Tells whether a person allowed the plan by its digest.
  func guardAgainstMassChange() throws -> Bool {
    let limits = engine.rules.limits
    let totals = try store.planTotals(
      countingFilledFrom: limits.emptied < Guard.few ? limits.emptied + 1 : Guard.few)
    let objections = Guard(limits: limits).objections(
      to: totals, isFirstCopy: try !store.hasFinishedRun())
    guard !objections.isEmpty else { return false }
    let digest = try store.planDigest()
    if options.allowedMass == digest { return true }
    throw refusal(
      objections, digest: digest, hint: "look at the plan with 'dynsync run --dry-run'")
  }

  func refusal(_ objections: [String], digest: String, hint: String) -> RunError {
    let grew = options.allowedMass == nil ? "" : "this is not what was allowed: "
    return RunError(
      .overLimit(digest: digest),
      "\(grew)\(objections.joined(separator: "; ")); "
        + (tally.hasSent ? "nothing more was written" : "nothing was written"),
      mend: "\(hint); if it is right, 'dynsync run --allow-mass \(digest)' carries it out")
  }
}
