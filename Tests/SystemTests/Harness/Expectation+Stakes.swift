import Transport

extension Expectation {
  /// Who has a say in an opportunity: one connection, which Dynamics shows as two rows.
  struct Stake: Equatable {
    /// One of the two rows, and at which of its ends the opportunity is.
    struct Row: Equatable {
      let id: String
      let opportunityEnd: Int

      var personEnd: Int { 3 - opportunityEnd }
    }

    /// In the order of their ids.
    var rows: [Row]
    var opportunity: String
    var person: String
    var role: String?
    var isActive: Bool
  }

  /// The connections of opportunities with persons among all rows, each once, in a fixed order.
  static func stakes(_ rows: [JSON]) -> [Stake] {
    var stakes: [String: Stake] = [:]
    for row in rows {
      guard let id = row["connectionid"]?.string else { continue }
      let types = [1, 2].map { row["record\($0)objecttypecode"]?.integer }
      // 2 is a contact, 3 an opportunity, 4 a lead.
      guard let end = types.firstIndex(of: 3).map({ $0 + 1 }),
        [2, 4].contains(types[2 - end]), let opportunity = row["_record\(end)id_value"]?.string,
        let person = row["_record\(3 - end)id_value"]?.string
      else { continue }
      let key = min(id, row["_relatedconnectionid_value"]?.string ?? id)
      stakes[
        key,
        default: Stake(
          rows: [], opportunity: opportunity, person: person,
          role: row["_record\(3 - end)roleid_value"]?.string,
          isActive: row["statecode"]?.integer == 0)
      ].rows.append(Stake.Row(id: id, opportunityEnd: end))
    }
    return stakes.sorted { $0.key < $1.key }.map { _, stake in
      var stake = stake
      stake.rows.sort { $0.id < $1.id }
      return stake
    }
  }

  /// The roles that an opportunity should have in Marketo, each as the person's id and the text.
  func roles(of twin: Twin) -> Set<String> {
    var roles: Set<String> = []
    if let customer = twin.ties.customer, customer.isContact,
      let person = self.twin(customer.id)?.person
    {
      roles.insert("\(person) Customer")
    }
    for stake in stakes where stake.opportunity == twin.id && stake.isActive {
      guard let person = self.twin(stake.person)?.person else { continue }
      roles.insert("\(person) \(stake.role.flatMap { roleNames[$0] } ?? "Stakeholder")")
    }
    return roles
  }
}
