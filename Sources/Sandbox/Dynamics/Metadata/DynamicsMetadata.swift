/// Answers questions about tables and columns (Dataverse Web API, query metadata).
struct DynamicsMetadata {
  let base: String
  /// The tables whose changes are tracked.
  let tracked: Set<String>

  /// Answers a call below `EntityDefinitions`.
  func respond(to call: DynamicsCall, _ path: DynamicsPath) throws -> DynamicsAnswer {
    guard call.method == "GET" else { throw DynamicsFailure.method(call.method) }
    let options = try DynamicsOptions(call.query)
    guard let key = path.segments[0].key else {
      let all = try DynamicsCatalogue.tables.filter { table in
        try passes(
          DynamicsTableMetadata.value(table, isTracked: tracked.contains(table.name)), options)
      }.map { try definition($0, options) }
      return try list("EntityDefinitions", all, options)
    }
    guard let table = Self.table(key) else {
      throw DynamicsFailure(
        404, "0x80060888", "Could not find an entity definition with key \(key).")
    }
    let rest = Array(path.segments.dropFirst())
    guard let part = rest.first else {
      let context = "\(base)/$metadata#EntityDefinitions\(Self.columns(options))/$entity"
      return .json(
        Self.joined([.init("@odata.context", .string(context))], try definition(table, options)))
    }
    switch part.name {
    case "Attributes": return try attributes(table, part, Array(rest.dropFirst()), options)
    case "Keys", "ManyToManyRelationships": return try list(part.name, [], options)
    case "ManyToOneRelationships", "OneToManyRelationships":
      let all = DynamicsRelationships(table: table).values(part.name)
      let kept = try all.filter { try passes($0, options) }
      return try list(part.name, try kept.map { try Self.selected($0, options.select) }, options)
    default: throw DynamicsFailure.segment(part.name)
    }
  }

  private static func table(_ key: String) -> DynamicsTable? {
    if let name = name(in: key) { return DynamicsCatalogue.table(name) }
    guard let id = DynamicsGUID.parse(key) else { return nil }
    return DynamicsCatalogue.tables.first { DynamicsTableMetadata.id($0) == id }
  }

  /// The name in a key such as `LogicalName='lead'`.
  private static func name(in key: String) -> String? {
    let pieces = key.split(separator: "'", omittingEmptySubsequences: false)
    guard pieces.count == 3, pieces[0] == "LogicalName=" else { return nil }
    return String(pieces[1])
  }

  private func definition(_ table: DynamicsTable, _ options: DynamicsOptions) throws
    -> DynamicsJSON
  {
    var value = try Self.selected(
      DynamicsTableMetadata.value(table, isTracked: tracked.contains(table.name)), options.select)
    for part in DynamicsExpansion.parse(options.expand ?? "") {
      let items: [DynamicsJSON]
      switch part.name {
      case "Attributes":
        items = DynamicsAttributes(table: table).all().map(\.uncast)
      case "Keys", "ManyToManyRelationships": items = []
      default: items = DynamicsRelationships(table: table).values(part.name)
      }
      let shown = try items.map { try Self.selected($0, part.select) }
      value = Self.joined(value.members ?? [], .object([.init(part.name, .array(shown))]))
    }
    return value
  }

  private func attributes(
    _ table: DynamicsTable, _ part: DynamicsPath.Segment, _ rest: [DynamicsPath.Segment],
    _ options: DynamicsOptions
  ) throws -> DynamicsAnswer {
    let prefix = "Microsoft.Dynamics.CRM."
    let cast = rest.first.map { String($0.name.replacing(prefix, with: "")) }
    var found = DynamicsAttributes(table: table).all()
    if let cast { found = found.filter { $0.types.contains(cast) } }
    let context = "\(base)/$metadata#EntityDefinitions('\(table.name)')/Attributes"
    if let key = part.key {
      guard let name = Self.name(in: key), let one = found.first(where: { $0.name == name }) else {
        throw DynamicsFailure(
          404, "0x80060888", "Could not find an attribute with key \(key).")
      }
      let value = try render(one, cast: cast, options)
      return .json(
        Self.joined([.init("@odata.context", .string(context + "/$entity"))], value))
    }
    let kept = try found.filter { try passes($0.uncast, options) }
    return try list(
      context, try kept.map { try render($0, cast: cast, options) }, options)
  }

  private func render(
    _ attribute: DynamicsAttribute, cast: String?, _ options: DynamicsOptions
  ) throws -> DynamicsJSON {
    let shown =
      cast == nil && options.select != nil ? attribute.base : attribute.base + attribute.own
    let type = cast ?? "AttributeMetadata"
    var value = try Self.selected(.object(shown), options.select, type: type)
    for part in DynamicsExpansion.parse(options.expand ?? "") {
      guard cast != nil, let set = attribute.sets[part.name] else {
        throw DynamicsFailure.unknownProperty(part.name, type: type)
      }
      let member = DynamicsJSON.Member(part.name, try Self.selected(set, part.select))
      value = Self.joined(value.members ?? [], .object([member]))
    }
    guard cast == nil else { return value }
    let name = DynamicsJSON.string("#Microsoft.Dynamics.CRM.\(attribute.types[0])")
    return Self.joined([.init("@odata.type", name)], value)
  }

  private func list(_ context: String, _ items: [DynamicsJSON], _ options: DynamicsOptions) throws
    -> DynamicsAnswer
  {
    let name = context.hasPrefix("http") ? context : "\(base)/$metadata#\(context)"
    return .json([
      "@odata.context": .string(name + Self.columns(options)), "value": .array(items),
    ])
  }

  private func passes(_ item: DynamicsJSON, _ options: DynamicsOptions) throws -> Bool {
    try options.filter.map { try DynamicsMetadataFilter.matches(item, $0) } ?? true
  }

  private static func columns(_ options: DynamicsOptions) -> String {
    options.select.map { "(\($0.joined(separator: ",")))" } ?? ""
  }

  private static func joined(_ members: [DynamicsJSON.Member], _ value: DynamicsJSON)
    -> DynamicsJSON
  {
    .object(members + (value.members ?? []))
  }

  /// The members that were asked for, and `MetadataId`, which always comes along.
  private static func selected(
    _ value: DynamicsJSON, _ select: [String]?, type: String = "EntityMetadata"
  ) throws -> DynamicsJSON {
    guard let select, let members = value.members else { return value }
    for name in select where value[name] == nil {
      throw DynamicsFailure.unknownProperty(name, type: type)
    }
    return .object(members.filter { select.contains($0.name) || $0.name == "MetadataId" })
  }
}
