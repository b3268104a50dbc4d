import Model

/// The field map that histories run with where the user gives none.
enum SimulationRules {
  static let standard: SyncRules = {
    let person: [FieldPair] = [
      FieldPair("emailaddress1", "email"), FieldPair("jobtitle", "title"),
      FieldPair("telephone1", "phone"), FieldPair("fax", "fax", winner: .dynamics),
      FieldPair("middlename", "middleName", winner: .nonEmpty),
      FieldPair(SimulatedField.optionField, "leadSource"),
      FieldPair("revenue", "annualRevenue"),
      FieldPair("donotbulkemail", "unsubscribed", winner: .trueWins),
      FieldPair(.derived(.key), "dynamicsId", direction: .toMarketo),
      FieldPair(.derived(.type), "dynamicsType", direction: .toMarketo),
      FieldPair(.derived(.isDeleted), "dynamicsIsDeleted", direction: .toMarketo),
      FieldPair(.derived(.syncAs), "dynamicsSyncAs", direction: .toMarketo),
      FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
    ]
    var rules = SyncRules(
      entities: [
        EntityRule(
          .user, dynamics: .user, marketo: .salesPerson, direction: .toMarketo, winner: .dynamics,
          pairs: [FieldPair("internalemailaddress", "email", direction: .toMarketo)]),
        EntityRule(
          .team, dynamics: .team, marketo: .salesPerson, direction: .toMarketo, winner: .dynamics,
          pairs: [FieldPair("name", "lastName", direction: .toMarketo)]),
        EntityRule(
          .account, dynamics: .account, marketo: .company, direction: .toMarketo,
          winner: .dynamics,
          pairs: [
            FieldPair("name", "company", direction: .toMarketo),
            FieldPair("telephone1", "mainPhone", direction: .toMarketo),
            FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
          ]),
        EntityRule(
          .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
          pairs: person),
        EntityRule(
          .contact, dynamics: .contact, marketo: .person, direction: .both, winner: .dynamics,
          pairs: person + [
            FieldPair(.derived(.account), "externalCompanyId", direction: .toMarketo)
          ]),
        EntityRule(
          .opportunity, dynamics: .opportunity, marketo: .deal, direction: .toMarketo,
          winner: .dynamics,
          pairs: [
            FieldPair("name", "name", direction: .toMarketo),
            FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
            FieldPair(.derived(.account), "externalCompanyId", direction: .toMarketo),
            FieldPair(.derived(.amount), "amount", direction: .toMarketo),
            FieldPair(.derived(.stage), "stage", direction: .toMarketo),
            FieldPair(.derived(.isClosed), "isClosed", direction: .toMarketo),
          ]),
        EntityRule(
          .opportunityRole, dynamics: .derivedRole, marketo: .role, direction: .toMarketo,
          winner: .dynamics,
          pairs: [
            FieldPair(.derived(.opportunity), "externalOpportunityId", direction: .toMarketo),
            FieldPair(.derived(.person), "leadId", direction: .toMarketo),
            FieldPair(.derived(.role), "role", direction: .toMarketo),
          ]),
        EntityRule(
          Entity(rawValue: "subscription"), dynamics: ObjectType(.dynamics, "new_subscription"),
          marketo: ObjectType(.marketo, "subscription_c"), direction: .toMarketo,
          winner: .dynamics, pairs: [FieldPair("new_name", "name", direction: .toMarketo)],
          custom: CustomObjectRule(
            parentColumn: "new_contactid", keyField: "dynamicsId", linkField: "leadId",
            parentObject: .person)),
      ], mirrored: [.connection: [], .connectionRole: ["name"]], logsActivities: true)
    rules.limits = Limits(
      updates: .init(percent: 100, atLeast: 1000), creates: .init(percent: 100, atLeast: 1000),
      emptied: 1000, deletes: 1000)
    return rules
  }()
}
