import Model
import Store

extension SyncRules {
  /// The fields that are read of each object on `side`: those of pairs, of what is only mirrored, and
  /// the company's own number where custom objects hang on it.
  public func selection(on side: Side) -> [ObjectType: Set<FieldName>] {
    var selection: [ObjectType: Set<FieldName>] = [:]
    for rule in entities {
      let fields = rule.pairs.compactMap { $0.field(on: side) }
      selection[rule.object(on: side), default: []].formUnion(fields)
    }
    for (object, fields) in mirrored where object.side == side {
      selection[object, default: []].formUnion(fields)
    }
    let hangsOnCompanies = entities.contains { $0.custom?.parentObject == .company }
    if hangsOnCompanies, selection[.company] != nil {
      selection[.company, default: []].insert(PlanInput.companyNumber)
    }
    return selection
  }
}
