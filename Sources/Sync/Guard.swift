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
      let filled = totals.filled[pair] ?? 0
      let isWhole = count >= Self.few && count * 10 >= filled * 9
      guard count > limits.emptied || isWhole else { continue }
      let among = filled > 0 ? " of \(max(filled, count))" : ""
      objections.append(
        "\(count)\(among) \(totals.entity) values of \(pair) would become empty "
          + "(limit \(count > limits.emptied ? "\(limits.emptied)" : "nearly all"))")
    }
    return objections
  }

  /// So many records alone make a column or a table: fewer are within what people do.
  public static let few = 10

  /// Whether so many missing records may be too many, be the others as many as they will.
  public func mayObject(toMissing missing: Int, isNewlyAdopted: Bool) -> Bool {
    missing > limits.deletes || missing >= (isNewlyAdopted ? 1 : Self.few)
  }

  /// The limit that an absence goes over; `nil` where it may be taken for deletes.
  ///
  /// Half of an object's records may not vanish at once; after an adoption not even of a few.
  public func limit(on absence: Absence, isNewlyAdopted: Bool) -> String? {
    let missing = absence.missing.count
    if missing > limits.deletes { return "\(limits.deletes)" }
    guard missing >= (isNewlyAdopted ? 1 : Self.few), missing * 2 > absence.expected else {
      return nil
    }
    return "half of them"
  }
}
