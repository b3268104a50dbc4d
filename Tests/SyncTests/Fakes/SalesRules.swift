import Fakes
import Model

extension SyncRules {
  /// ``forTests`` with teams, opportunities, their roles and a custom entity.
  static var forSales: SyncRules {
    var rules = forTests
    rules.entities.insert(
      EntityRule(
        .team, dynamics: .team, marketo: .salesPerson, direction: .toMarketo, winner: .dynamics,
        pairs: [FieldPair("name", "lastName", direction: .toMarketo)]), at: 1)
    rules.entities += [
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
          FieldPair(.derived(.isWon), "isWon", direction: .toMarketo),
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
        marketo: FakeMarketo.subscription, direction: .toMarketo, winner: .dynamics,
        pairs: [FieldPair("new_name", "name", direction: .toMarketo)],
        custom: CustomObjectRule(
          parentColumn: "new_contactid", keyField: "dynamicsId", linkField: "leadId",
          parentObject: .person)),
    ]
    rules.mirrored = [.connection: [], .connectionRole: ["name"]]
    return rules
  }
}

extension Reference {
  static func account(_ id: String) -> Reference { Reference(.account, .dynamics(id)) }
  static func contact(_ id: String) -> Reference { Reference(.contact, .dynamics(id)) }
  static func user(_ id: String) -> Reference { Reference(.user, .dynamics(id)) }
  static func team(_ id: String) -> Reference { Reference(.team, .dynamics(id)) }
}
