import Model

/// Asks both services what they say of every pair of fields.
struct FieldSurvey: Sendable {
  /// The entities to ask for, with their derived pairs.
  var rules: [EntityRule]
  var connectors: [Side: any Connector]

  /// All pairs, in the order of the rules.
  ///
  /// An object that a service does not have stops its pairs, not the survey.
  func fields() async throws -> [SurveyedField] {
    var objects: [ObjectType: DescribedObject] = [:]
    for side in Side.allCases {
      guard let connector = connectors[side] else { continue }
      for (object, fields) in selection(on: side).sorted(by: { $0.key < $1.key }) {
        objects[object] = try await describe(object, fields, by: connector)
      }
    }
    return rules.flatMap { rule in
      pairs(of: rule, in: objects).map { surveyed($0, of: rule, in: objects) }
    }
  }

  /// What a service said of one object.
  private enum DescribedObject: Sendable {
    case schema(ObjectSchema)
    case missing(because: String)

    var schema: ObjectSchema? {
      if case .schema(let schema) = self { schema } else { nil }
    }

    var absence: String? {
      if case .missing(let reason) = self { reason } else { nil }
    }
  }

  private func describe(
    _ object: ObjectType, _ fields: Set<FieldName>, by connector: any Connector
  ) async throws -> DescribedObject {
    do {
      return .schema(try await connector.describe(object, selecting: fields.sorted()))
    } catch let error as ServiceError {
      guard case .schema = error.kind else { throw error }
      let isCustom = rules.contains { $0.custom != nil && $0.marketo == object }
      let mend = isCustom ? "; 'dynsync init --provision' makes it" : ""
      return .missing(because: "\(error.reason)\(mend)")
    }
  }

  private func selection(on side: Side) -> [ObjectType: Set<FieldName>] {
    var selection: [ObjectType: Set<FieldName>] = [:]
    for rule in rules where rule.object(on: side) != .derivedRole {
      let fields = rule.pairs.compactMap { $0.field(on: side) }
      selection[rule.object(on: side), default: []].formUnion(fields)
    }
    return selection
  }

  /// The rule's pairs, with the one by which a custom object hangs on its parent.
  private func pairs(
    of rule: EntityRule, in objects: [ObjectType: DescribedObject]
  ) -> [FieldPair] {
    guard rule.custom != nil, let parent = objects[rule.marketo]?.schema?.parent else {
      return rule.pairs
    }
    return rule.pairs + [FieldPair(.derived(.parent), parent.name, direction: .toMarketo)]
  }

  private func surveyed(
    _ pair: FieldPair, of rule: EntityRule, in objects: [ObjectType: DescribedObject]
  ) -> SurveyedField {
    let marketo = objects[rule.marketo]
    var dynamics = objects[rule.dynamics]
    var field = SurveyedField(
      entity: rule.entity, pair: pair, winner: pair.winner ?? Self.winner(of: pair, rule),
      marketo: Self.field(pair.marketo, of: marketo))
    switch pair.source {
    case .field(let name):
      field.dynamics = Self.field(name, of: dynamics)
      field.dynamicsTold = Self.telling(field.dynamics, of: dynamics)
    case .derived(let derivation):
      dynamics = nil
      field.dynamics = Field(
        FieldName(pair.sourceName), derivation.type, canCreate: false, canUpdate: false)
    }
    field.marketoTold = Self.telling(field.marketo, of: marketo)
    field.stopped =
      dynamics?.absence ?? marketo?.absence ?? Self.obstacle(of: field, rule: rule)
    return field
  }

  /// What is derived is Dynamics' alone.
  private static func winner(of pair: FieldPair, _ rule: EntityRule) -> Winner {
    if case .derived = pair.source { .dynamics } else { rule.winner }
  }

  /// The parent's link field is known by its object alone.
  private static func field(_ name: FieldName, of object: DescribedObject?) -> Field? {
    guard let schema = object?.schema else { return nil }
    if let field = schema.fields[name] { return field }
    return schema.parent?.name == name ? Field(name, .text) : nil
  }

  private static func telling(
    _ field: Field?, of object: DescribedObject?
  ) -> SurveyedField.Telling? {
    guard let field, let schema = object?.schema else { return nil }
    if schema.feed == .none || schema.feed == .derived { return .lookup }
    return field.isReported ? .feed : .sweep
  }

  /// Why the pair cannot be kept in step, both objects being there.
  private static func obstacle(of field: SurveyedField, rule: EntityRule) -> String? {
    let isMadeByRun = rule.marketo == .person && field.pair.isLinkField
    guard let marketo = field.marketo else {
      let name = "\(rule.marketo) has no field \(field.pair.marketo)"
      return isMadeByRun ? "\(name) yet; the next run makes it" : name
    }
    guard let dynamics = field.dynamics else {
      return "\(rule.dynamics) has no field \(field.pair.sourceName)"
    }
    for (side, one) in [(rule.dynamics, dynamics), (rule.marketo, marketo)] where !one.isReadable {
      return "the sync user may not read \(one.name) of \(side)"
    }
    do throws(PairMismatch) {
      _ = try BoundPair(field.pair, dynamics: dynamics, marketo: marketo)
      return nil
    } catch {
      return error.reason
    }
  }
}

extension FieldPair {
  /// Whether it fills a person field that dynsync makes by itself.
  fileprivate var isLinkField: Bool {
    switch source {
    case .derived(.key), .derived(.type), .derived(.isDeleted), .derived(.syncAs): true
    default: false
    }
  }
}
