import Model
import Store

extension RecordPlanner {
  /// Whether a field would be given what it was given at each of the last runs and did not keep; the
  /// plan then says so.
  ///
  /// A value that was not among these is somebody's edit, and goes on. A record that is made is none
  /// of the links that were written before.
  func isPaused(
    _ field: PlannedField, _ side: Side, _ input: PlanInput, _ plan: inout RecordPlan
  ) -> Bool {
    guard input.link != nil,
      let comeback = input.comebacks.first(where: { $0.pair == field.pair }),
      comeback.holds(field.sent, on: side)
    else { return false }
    plan.paused.append(comeback)
    return true
  }
}
