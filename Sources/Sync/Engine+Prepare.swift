import Model
import Store

extension Engine {
  /// Checks who is behind both URLs, reads the metadata, and makes the tables fit.
  ///
  /// A dry run makes nothing on either side: link fields that are missing there are assumed.
  func prepare(run: Int64, isDry: Bool = false) async throws -> Layout {
    for side in Side.allCases {
      guard let connector = connectors[side] else { continue }
      try await identify(connector)
      guard !isDry else { continue }
      let made = try await connector.provision([])
      if !made.isEmpty {
        log.info("created fields", metadata: ["side": "\(side)", "fields": "\(made)"])
      }
    }
    try checkClock(run: run)
    var (layout, retyped) = try await layout(isDry: isDry)
    if layout.entities.contains(where: { !$0.stopped.isEmpty }), await forgetMetadata() {
      // What stops a field may have been mended since the metadata was read.
      (layout, retyped) = try await self.layout(isDry: isDry)
    }
    tellStopped(layout)
    try store.prepare(layout, retyped: retyped)
    return layout
  }

  private func identify(_ connector: any Connector) async throws {
    let found = try await connector.identify()
    guard let known = try store.peer(connector.side) else {
      return try store.record(found, at: now())
    }
    guard !found.isOther(than: known) else {
      throw RunError(
        .otherPeer,
        "\(connector.side): another \(found.difference(from: known)) answers at \(found.host)"
          + " than the one this database was made with; nothing was written",
        mend: "point the configuration at the right service, or use another database;"
          + " if it was replaced on purpose, 'dynsync adopt \(connector.side)'")
    }
  }

  private func tellStopped(_ layout: Layout) {
    for entity in layout.entities {
      for stopped in entity.stopped {
        log.warning(
          "a field does not sync",
          metadata: [
            "entity": "\(entity.entity)", "field": "\(stopped.pair.name)",
            "because": "\(stopped.reason)",
          ])
      }
    }
  }

  /// Reads the metadata of every object that an entity uses, and binds the pairs to it.
  ///
  /// A field whose type is another than at the last run is left out, and told apart.
  private func layout(
    isDry: Bool
  ) async throws -> (Layout, retyped: [ObjectType: [RetypedField]]) {
    var retyped: [ObjectType: [RetypedField]] = [:]
    var schemas: [ObjectType: ObjectSchema] = [:]
    for side in Side.allCases {
      guard let connector = connectors[side] else { continue }
      for (object, fields) in rules.selection(on: side).sorted(by: { $0.key < $1.key }) {
        var schema = try await describe(object, fields, through: connector)
        retyped[object] = try store.retypedFields(of: schema)
        for other in retyped[object] ?? [] { schema.fields[other.field] = nil }
        schemas[object] = isDry ? assumingLinkFields(in: schema) : schema
      }
    }
    let entities = rules.entities.compactMap { rule -> BoundEntity? in
      guard let dynamics = schemas[rule.dynamics], let marketo = schemas[rule.marketo] else {
        return nil
      }
      return bind(rule, dynamics: dynamics, marketo: marketo, retyped: retyped)
    }
    let mirrors = schemas.values.sorted { $0.object < $1.object }
    return (Layout(mirrors: mirrors, entities: entities), retyped)
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
    _ rule: EntityRule, dynamics: ObjectSchema, marketo: ObjectSchema,
    retyped: [ObjectType: [RetypedField]]
  ) -> BoundEntity {
    var pairs: [BoundPair] = []
    var stopped: [PairMismatch] = []
    let parent = marketo.parent.map {
      FieldPair(.derived(.parent), $0.name, direction: .toMarketo)
    }
    for pair in rule.pairs + [parent].compactMap(\.self) {
      do throws(PairMismatch) {
        pairs.append(try bind(pair, dynamics: dynamics, marketo: marketo, retyped))
      } catch {
        stopped.append(error)
      }
    }
    return BoundEntity(
      rule: rule, dynamics: dynamics, marketo: marketo, pairs: pairs, stopped: stopped)
  }

  private func bind(
    _ pair: FieldPair, dynamics: ObjectSchema, marketo: ObjectSchema,
    _ retyped: [ObjectType: [RetypedField]]
  ) throws(PairMismatch) -> BoundPair {
    func field(_ name: FieldName, in schema: ObjectSchema) throws(PairMismatch) -> Field {
      if let other = retyped[schema.object]?.first(where: { $0.field == name }) {
        throw PairMismatch(
          pair: pair,
          reason: "\(name) of \(schema.object) was \(other.before) and is"
            + " \(other.now.rawValue) now: take the pair out of the configuration, run, and put"
            + " it back, which is a first link")
      }
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
