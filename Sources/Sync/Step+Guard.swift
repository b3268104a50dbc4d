import Store

extension Step {
  /// Stops before the first write if the plan goes over a limit that nobody lifted for it.
  func guardAgainstMassChange() throws {
    let objections = Guard(limits: engine.rules.limits).objections(
      to: try store.planTotals(), isFirstCopy: try !store.hasFinishedRun())
    guard !objections.isEmpty else { return }
    let digest = try store.planDigest()
    if options.allowedMass == digest { return }
    let grew = options.allowedMass == nil ? "" : "the plan is another one than was allowed: "
    throw RunError(
      .overLimit(digest: digest),
      "\(grew)\(objections.joined(separator: "; ")); nothing was written",
      mend: "look at the plan with 'dynsync run --dry-run'; if it is right, 'dynsync run"
        + " --allow-mass \(digest)' carries it out")
  }
}
