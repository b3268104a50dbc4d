import Model
import Store

/// Stops a run whose plan changes more than the configuration allows: a pure function of its totals.
///
/// The first copy may create freely; updates of records that stood before always count.
public struct Guard: Hashable, Sendable {
  public var limits: Limits

  public init(limits: Limits) { self.limits = limits }

  /// What goes over a limit, in words for people; empty when the plan may be carried out.
  public func objections(to totals: [PlanTotals], isFirstCopy: Bool) -> [String] {
    totals.flatMap { objections(to: $0, isFirstCopy: isFirstCopy) }
  }

  private func objections(to totals: PlanTotals, isFirstCopy: Bool) -> [String] {
    var objections: [String] = []
    func check(_ count: Int, _ limit: Int, _ what: String) {
      guard count > limit else { return }
      objections.append("\(count) \(totals.entity) \(what) (limit \(limit))")
    }
    check(totals.updates, limits.updates.limit(among: totals.linked), "records would change")
    if !isFirstCopy {
      check(totals.creates, limits.creates.limit(among: totals.linked), "records would be created")
    }
    check(totals.deletes, limits.deletes, "records would be marked as deleted")
    for (pair, count) in totals.emptied.sorted(by: { $0.key < $1.key }) {
      check(count, limits.emptied, "values of \(pair) would become empty")
    }
    return objections
  }
}
