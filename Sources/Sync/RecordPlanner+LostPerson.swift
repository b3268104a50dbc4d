import Model
import Store

extension RecordPlanner {
  /// What a person must do about a record whose own person was merged in Marketo into another linked
  /// one.
  ///
  /// `nil` once the record lives on as another as well, is not active any more, gone or left out.
  func lostPerson(_ link: Link, _ input: PlanInput) -> UnsettledField? {
    let facts = input.dynamics.record.facts
    guard link.state == .merged, let person = link.marketoID, !input.dynamics.isDeleted,
      facts.isIncluded, facts.state == .active, facts.mergedInto == nil, facts.convertedTo == nil
    else { return nil }
    let survivor = link.survivorID ?? "another record"
    return UnsettledField(
      pair: "", trouble: .manual, side: .marketo, content: "",
      message: "its person \(person) was merged in Marketo into the person of \(survivor): nothing"
        + " of it is kept in step; merge the record into \(survivor) in Dynamics as well, or"
        + " deactivate or delete it")
  }
}
