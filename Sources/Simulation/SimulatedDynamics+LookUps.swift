import Model

extension SimulatedDynamics {
  /// Whether a look-up is at a contact, or at one that was merged into it.
  private func isPart(_ look: Reference, of contact: String) -> Bool {
    guard look.object == .contact else { return false }
    var now = look.id.text
    var seen: Set<String> = []
    while now != contact, let next = rows[.contact]?[now]?.facts.mergedInto?.text,
      seen.insert(now).inserted
    {
      now = next
    }
    return now == contact
  }

  /// A look-up at a row that is gone becomes empty, and connections go with it.
  func clearLookUps(atContact id: String) {
    for lead in ids(.lead) where rows[.lead]?[lead]?.facts.convertedTo?.text == id {
      put(.lead, lead, facts: { $0.convertedTo = nil })
      world.excuseConversions(of: [lead])
    }
    for (object, rows) in rows.sorted(by: { $0.key < $1.key }) {
      for (row, record) in rows.sorted(by: { $0.key < $1.key })
      where record.facts.parent.map({ isPart($0, of: id) }) ?? false {
        if object == .connection {
          delete(object, row)
        } else {
          put(object, row, facts: { $0.parent = nil })
        }
      }
    }
  }
}
