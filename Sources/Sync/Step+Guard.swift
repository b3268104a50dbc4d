import Model
import Store

extension Step {
  /// Stops before a round's first write if its plan goes over a limit that nobody lifted for it.
  ///
  /// Tells whether a person allowed the plan by its digest.
  func guardAgainstMassChange(round: Int) throws -> Bool {
    let objections = Guard(limits: engine.rules.limits).objections(
      to: try store.planTotals(), isFirstCopy: try !store.hasFinishedRun())
    guard !objections.isEmpty else { return false }
    let digest = try store.planDigest()
    if options.allowedMass == digest { return true }
    throw refusal(
      objections, digest: digest, hint: "look at the plan with 'dynsync run --dry-run'",
      hasWritten: round > 0)
  }

  /// Stops if more records are missing in Marketo than may be marked as deleted.
  ///
  /// A user who lost a right, or an answer that was empty by mistake, looks the same as a mass delete.
  func guardAgainstMassAbsence(_ missing: [String], in schema: ObjectSchema) throws {
    guard missing.count > engine.rules.limits.deletes else { return }
    let digest = store.digest(of: missing)
    if options.allowedMass == digest { return }
    throw refusal(
      [
        "\(missing.count) linked \(schema.object) records were not found"
          + " (limit \(engine.rules.limits.deletes))"
      ], digest: digest, hint: "look whether the API user may still see them", hasWritten: false)
  }

  private func refusal(
    _ objections: [String], digest: String, hint: String, hasWritten: Bool
  ) -> RunError {
    let grew = options.allowedMass == nil ? "" : "this is not what was allowed: "
    return RunError(
      .overLimit(digest: digest),
      "\(grew)\(objections.joined(separator: "; ")); "
        + (hasWritten ? "nothing more was written" : "nothing was written"),
      mend: "\(hint); if it is right, 'dynsync run --allow-mass \(digest)' carries it out")
  }
}
