import Model
import Transport

/// The organisation's metadata, read when it is first needed and kept for the connector's life.
///
/// An actor because the streams of several tables ask at once; the same question asked twice costs a
/// call and no harm.
actor MetadataCatalog {
  private let client: DynamicsClient
  private let settings: DynamicsSettings
  private let user: @Sendable () async throws -> String
  private var tables: [ObjectType: Table] = [:]
  private var details: [DetailKey: [String: ColumnDetail]] = [:]
  private var permissions: [ObjectType: ColumnSecurity.Permissions] = [:]
  private var relationships: [ObjectType: [Relationship]] = [:]

  /// `user` tells the sync user's id, where column security has to be looked up.
  init(
    client: DynamicsClient, settings: DynamicsSettings,
    user: @escaping @Sendable () async throws -> String
  ) {
    self.client = client
    self.settings = settings
    self.user = user
  }

  /// The table of `object`; throws ``ServiceError/Kind/schema(_:)`` where there is none.
  func table(_ object: ObjectType) async throws -> Table {
    if let table = tables[object] { return table }
    let definition = try await document(
      object,
      "?$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,"
        + "IsOptimisticConcurrencyEnabled")
    let columns = try await document(
      object,
      "/Attributes?$select=LogicalName,AttributeType,AttributeTypeName,AttributeOf,"
        + "IsValidForRead,IsValidForCreate,IsValidForUpdate,IsSecured,SourceType,DisplayName")
    guard let table = Table(object, definition: definition, columns: columns) else {
      throw unexpected(object)
    }
    tables[object] = table
    return table
  }

  /// The named columns as fields; those that do not exist are left out.
  func fields(_ names: [FieldName], of object: ObjectType) async throws -> [Field] {
    let columns = try await table(object).columns(names)
    try await learnDetails(of: Set(columns.map(\.type)), in: object)
    var fields: [Field] = []
    for column in columns {
      let known = details[DetailKey(object: object, type: column.type)]
      let permission = try await permission(on: column, in: object)
      fields.append(Field(column, known?[column.name] ?? ColumnDetail(), permission: permission))
    }
    return fields
  }

  /// What the sync user may do with a column.
  func permission(on column: Column, in object: ObjectType) async throws -> ColumnPermission {
    guard column.isSecured else { return .full }
    if let known = permissions[object] { return known.permission(on: column) }
    let security = ColumnSecurity(
      client: client, user: try await user(), attempt: attempt(object))
    let found = try await security.permissions(on: name(of: object))
    permissions[object] = found
    return found.permission(on: column)
  }

  /// The name under which a look-up that points at a row of `target` is written.
  func navigation(
    from column: FieldName, of object: ObjectType, to target: ObjectType?
  ) async throws -> String? {
    if relationships[object] == nil {
      let answer = try await document(
        object,
        "?$select=LogicalName&$expand=ManyToOneRelationships($select=SchemaName,"
          + "ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName)")
      let list = answer["ManyToOneRelationships"]?.array ?? []
      relationships[object] = list.compactMap(Relationship.init)
    }
    let ways = relationships[object]?.filter { $0.column == column.rawValue } ?? []
    guard let target else { return ways.first?.navigation }
    let targets = [name(of: target), Relationship.anyOwner]
    return ways.first { targets.contains($0.target) }?.navigation
  }

  /// Reads what only the metadata of these types tells; types side by side, each once.
  private func learnDetails(of types: Set<ColumnType>, in object: ObjectType) async throws {
    let unknown = types.filter {
      $0.cast != nil && details[DetailKey(object: object, type: $0)] == nil
    }
    try await withThrowingTaskGroup(of: (ColumnType, [String: ColumnDetail]).self) { group in
      for type in unknown {
        group.addTask { (type, try await self.readDetails(of: type, in: object)) }
      }
      for try await (type, found) in group {
        details[DetailKey(object: object, type: type)] = found
      }
    }
  }

  private func readDetails(
    of type: ColumnType, in object: ObjectType
  ) async throws -> [String: ColumnDetail] {
    guard let cast = type.cast else { return [:] }
    let answer = try await document(
      object, "/Attributes/Microsoft.Dynamics.CRM.\(cast)?\(type.castQuery)")
    let items = (answer["value"]?.array ?? []).compactMap { item in
      item["LogicalName"]?.string.map { ($0, ColumnDetail(item)) }
    }
    return Dictionary(items) { first, _ in first }
  }

  private func document(_ object: ObjectType, _ rest: String) async throws -> JSON {
    let path = "\(client.root)/EntityDefinitions(LogicalName='\(name(of: object))')\(rest)"
    return try await client.document(
      DynamicsCall(
        path: path, headers: [.init("Consistency", "Strong")], attempt: attempt(object)))
  }

  private func name(of object: ObjectType) -> String { settings.settings(for: object).logicalName }

  private func attempt(_ object: ObjectType) -> String {
    "could not read the columns of \(object.name)"
  }

  private func unexpected(_ object: ObjectType) -> ServiceError {
    ServiceError(
      .unexpectedAnswer, side: .dynamics, attempt: attempt(object),
      reason: "the table's definition lacks its name, set or key")
  }
}

/// The columns of one type in one table.
private struct DetailKey: Hashable {
  var object: ObjectType
  var type: ColumnType
}

/// One look-up column's way to one table.
private struct Relationship: Sendable {
  var column: String
  var target: String
  var navigation: String

  /// What the metadata calls users and teams together.
  static let anyOwner = "owner"

  init?(_ metadata: JSON) {
    guard let column = metadata["ReferencingAttribute"]?.string,
      let target = metadata["ReferencedEntity"]?.string,
      let navigation = metadata["ReferencingEntityNavigationPropertyName"]?.string
    else { return nil }
    (self.column, self.target, self.navigation) = (column, target, navigation)
  }
}
