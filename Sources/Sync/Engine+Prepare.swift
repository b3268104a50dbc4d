import Model
import Store

extension Engine {
  /// Checks who is behind both URLs, reads the metadata, and makes the tables fit.
  func prepare(run: Int64) async throws -> Layout {
    for side in Side.allCases {
      guard let connector = connectors[side] else { continue }
      try await identify(connector)
      let made = try await connector.provision([])
      if !made.isEmpty {
        log.info("created fields", metadata: ["side": "\(side)", "fields": "\(made)"])
      }
    }
    let layout = try await layout()
    let added = try store.prepare(layout)
    let isToldNothing = [FeedKind.notices, .none]
    for schema in layout.mirrors
    where isToldNothing.contains(schema.feed) && added[schema.object] != nil {
      try store.markAllStale(in: schema)
    }
    return layout
  }

  private func identify(_ connector: any Connector) async throws {
    let found = try await connector.identify()
    guard let known = try store.peer(connector.side) else {
      return try store.record(found, at: now())
    }
    guard known.organisation == found.organisation, known.user == found.user else {
      let what = known.organisation == found.organisation ? "user" : "organisation"
      throw RunError(
        .otherPeer,
        "\(connector.side): another \(what) answers at \(found.host) than the one this database"
          + " was made with; nothing was written",
        mend: "point the configuration at the right service, or use another database")
    }
  }

  /// Reads the metadata of every object that an entity uses, and binds the pairs to it.
  private func layout() async throws -> Layout {
    var schemas: [ObjectType: ObjectSchema] = [:]
    for side in Side.allCases {
      guard let connector = connectors[side] else { continue }
      for (object, fields) in rules.selection(on: side).sorted(by: { $0.key < $1.key }) {
        schemas[object] = try await describe(object, fields, through: connector)
      }
    }
    let entities = rules.entities.compactMap { rule -> BoundEntity? in
      guard let dynamics = schemas[rule.dynamics], let marketo = schemas[rule.marketo] else {
        return nil
      }
      return bind(rule, dynamics: dynamics, marketo: marketo)
    }
    for entity in entities {
      for stopped in entity.stopped {
        log.warning(
          "a field does not sync",
          metadata: [
            "entity": "\(entity.entity)", "field": "\(stopped.pair.name)",
            "because": "\(stopped.reason)",
          ])
      }
    }
    return Layout(mirrors: schemas.values.sorted { $0.object < $1.object }, entities: entities)
  }

  /// A custom object's schema holds the field by which it hangs on others as well.
  private func describe(
    _ object: ObjectType, _ fields: Set<FieldName>, through connector: any Connector
  ) async throws -> ObjectSchema {
    if object == .derivedRole { return .derivedRole }
    let schema = try await connector.describe(object, selecting: fields.sorted())
    guard let parent = schema.parent?.name, schema.fields[parent] == nil else { return schema }
    return try await connector.describe(object, selecting: fields.union([parent]).sorted())
  }

  private func bind(
    _ rule: EntityRule, dynamics: ObjectSchema, marketo: ObjectSchema
  ) -> BoundEntity {
    var pairs: [BoundPair] = []
    var stopped: [PairMismatch] = []
    let parent = marketo.parent.map {
      FieldPair(.derived(.parent), $0.name, direction: .toMarketo)
    }
    for pair in rule.pairs + [parent].compactMap(\.self) {
      do throws(PairMismatch) {
        pairs.append(try bind(pair, dynamics: dynamics, marketo: marketo))
      } catch {
        stopped.append(error)
      }
    }
    return BoundEntity(
      rule: rule, dynamics: dynamics, marketo: marketo, pairs: pairs, stopped: stopped)
  }

  private func bind(
    _ pair: FieldPair, dynamics: ObjectSchema, marketo: ObjectSchema
  ) throws(PairMismatch) -> BoundPair {
    func field(_ name: FieldName, in schema: ObjectSchema) throws(PairMismatch) -> Field {
      guard let field = schema.fields[name] else {
        throw PairMismatch(pair: pair, reason: "\(schema.object) has no field \(name)")
      }
      guard field.isReadable else {
        throw PairMismatch(
          pair: pair, reason: "the sync user may not read \(name) of \(schema.object)")
      }
      return field
    }
    let target = try field(pair.marketo, in: marketo)
    switch pair.source {
    case .field(let name):
      return try BoundPair(pair, dynamics: try field(name, in: dynamics), marketo: target)
    case .derived(let derivation):
      let source = Field(
        FieldName(pair.sourceName), derivation.type, canCreate: false, canUpdate: false)
      return try BoundPair(pair, dynamics: source, marketo: target)
    }
  }
}
