import Model

extension SimulatedDynamics {
  /// A lead that a page tells of becomes a contact before anything else is read.
  func qualifyOne(of page: ChangePage) async {
    guard let lead = page.records.first(where: { $0.facts.convertedTo == nil })?.id.text,
      let place = ids(.lead).firstIndex(of: lead)
    else { return }
    world.count(Fault.qualifiedMeanwhile.rawValue)
    await world.perform(HumanEvent(.qualify, who: place, what: 2, number: 600_000 + callCount))
  }

  /// A person changes a field that is written just before or after.
  func typeOver(_ writes: [Write], _ fault: Fault?) {
    for write in writes {
      guard case .update(let id, _) = write.action, rows[write.object]?[id.text] != nil,
        let field = objects.firstText(of: write), let fault
      else { continue }
      world.count(fault.rawValue)
      return put(write.object, id.text, [field: .text("V\(700_000 + write.operation)")])
    }
  }
}
