import Model
import Transport

/// The organisation's metadata, read when it is first needed and kept for the connector's life.
///
/// The first question brings the answers for all tables of ``DynamicsSettings/wanted`` along: two
/// calls, however many tables there are. An actor because the streams of several tables ask at once;
/// the same question asked twice costs a call and no harm.
actor MetadataCatalog {
  private let reader: MetadataReader
  private let security: @Sendable (_ attempt: String) async throws -> ColumnSecurity
  private let settings: DynamicsSettings
  private var tables: [ObjectType: Table] = [:]
  private var details: [DetailKey: [String: ColumnDetail]] = [:]
  private var permissions: [ObjectType: ColumnSecurity.Permissions] = [:]
  private var relationships: [ObjectType: [Relationship]] = [:]
  private var hasAskedForAll = false

  /// `user` tells the sync user's id, where column security has to be looked up.
  init(
    client: DynamicsClient, settings: DynamicsSettings,
    user: @escaping @Sendable () async throws -> String
  ) {
    reader = MetadataReader(client: client)
    security = { ColumnSecurity(client: client, user: try await user(), attempt: $0) }
    self.settings = settings
  }

  /// What is being done when the metadata of `object` is read, as errors begin.
  static func attempt(_ object: ObjectType) -> String {
    "could not read the columns of \(object.name)"
  }

  /// The table of `object`; throws ``ServiceError/Kind/schema(_:)`` where there is none.
  func table(_ object: ObjectType) async throws -> Table {
    if let table = tables[object] { return table }
    let all = hasAskedForAll ? [object] : Set(settings.wanted.keys).union([object])
    let names = Dictionary(uniqueKeysWithValues: all.map { ($0, name(of: $0)) })
    let definitions = try await reader.definitions(
      of: Set(names.values), attempt: Self.attempt(object))
    hasAskedForAll = true
    for (object, name) in names {
      guard let definition = definitions[name] else { continue }
      tables[object] = Table(object, definition: definition)
    }
    guard let table = tables[object] else {
      throw definitions[name(of: object)] == nil ? Self.missing(object) : Self.unexpected(object)
    }
    return table
  }

  /// Forgets everything: the next question asks the service.
  func forget() {
    (tables, details, permissions, relationships) = ([:], [:], [:], [:])
    hasAskedForAll = false
  }

  /// The named columns as fields; those that do not exist are left out.
  func fields(_ names: [FieldName], of object: ObjectType) async throws -> [Field] {
    let columns = try await table(object).columns(names)
    try await learnDetails(of: names, in: object)
    var fields: [Field] = []
    for column in columns {
      let known = details[DetailKey(object: object, type: column.type)]
      let permission = try await permission(on: column, in: object)
      fields.append(Field(column, known?[column.name] ?? ColumnDetail(), permission: permission))
    }
    return fields
  }

  /// What people see for the states of a table whose facts tell it; elsewhere nothing.
  func stateLabels(of object: ObjectType) async throws -> [Int: String] {
    let columns = try await table(object).labelledColumns
    try await learnDetails(of: [], in: object)
    let options = columns.flatMap { column in
      details[DetailKey(object: object, type: column.type)]?[column.name]?.options ?? []
    }
    return Dictionary(options.map { ($0.number, $0.label) }) { first, _ in first }
  }

  /// What the sync user may do with a column.
  func permission(on column: Column, in object: ObjectType) async throws -> ColumnPermission {
    guard column.isSecured else { return .full }
    if let known = permissions[object] { return known.permission(on: column) }
    let found = try await security(Self.attempt(object)).permissions(on: name(of: object))
    permissions[object] = found
    return found.permission(on: column)
  }

  /// The name under which a look-up that points at a row of `target` is written.
  func navigation(
    from column: FieldName, of object: ObjectType, to target: ObjectType?
  ) async throws -> String? {
    if relationships[object] == nil {
      relationships[object] = try await reader.relationships(
        of: name(of: object), attempt: Self.attempt(object))
    }
    let ways = relationships[object]?.filter { $0.column == column.rawValue } ?? []
    guard let target else { return ways.first?.navigation }
    let targets = [name(of: target), Relationship.anyOwner]
    return ways.first { targets.contains($0.target) }?.navigation
  }

  /// Reads what only the metadata of the columns' types tells, together with all that is wanted and
  /// not known yet; each type of a table once.
  private func learnDetails(of names: [FieldName], in object: ObjectType) async throws {
    let wanted = settings.wanted.merging([object: Set(names)]) { $0.union($1) }
    var unknown: Set<DetailKey> = []
    for (object, names) in wanted {
      guard let table = tables[object] else { continue }
      let types = (table.columns(names.sorted()) + table.labelledColumns).map(\.type)
      let keys = types.filter { $0.cast != nil }.map { DetailKey(object: object, type: $0) }
      unknown.formUnion(keys.filter { details[$0] == nil })
    }
    let keys = unknown.sorted()
    let found = try await reader.details(
      keys.map { ($0.type, name(of: $0.object)) }, attempt: Self.attempt(object))
    for (key, detail) in zip(keys, found) { details[key] = detail }
  }

  private func name(of object: ObjectType) -> String { settings.settings(for: object).logicalName }

  private static func missing(_ object: ObjectType) -> ServiceError {
    ServiceError(
      .schema(nil), side: .dynamics, attempt: attempt(object),
      reason: "the organisation has no such table", mend: ServiceAnswer.mendOfMissingTable)
  }

  private static func unexpected(_ object: ObjectType) -> ServiceError {
    ServiceError(
      .unexpectedAnswer, side: .dynamics, attempt: attempt(object),
      reason: "the table's definition lacks its name, set or key")
  }
}

/// The columns of one type in one table.
private struct DetailKey: Hashable, Comparable {
  var object: ObjectType
  var type: ColumnType

  static func < (one: DetailKey, other: DetailKey) -> Bool {
    (one.object, one.type.rawValue) < (other.object, other.type.rawValue)
  }
}
