import Model
import Transport

/// Asks the organisation for metadata, for many tables in one call.
///
/// Source: Dataverse Web API, query schema definitions.
struct MetadataReader: Sendable {
  let client: DynamicsClient

  /// Metadata that was published a moment ago counts.
  private static let headers = [HTTPRequest.Header("Consistency", "Strong")]

  /// The definitions of these tables with the list of their columns, by logical name; those that do
  /// not exist are left out.
  func definitions(of tables: Set<String>, attempt: String) async throws -> [String: JSON] {
    let filter = tables.sorted().map { "LogicalName eq '\($0.replacing("'", with: "''"))'" }
    let answer = try await client.document(
      keptCall(
        "EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute,"
          + "ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled"
          + "&$expand=Attributes($select=LogicalName,AttributeType,AttributeTypeName,AttributeOf,"
          + "IsValidForRead,IsValidForCreate,IsValidForUpdate,IsSecured,SourceType,DisplayName)"
          + "&$filter=\(PercentEncoding.encode(filter.joined(separator: " or ")))", attempt))
    let items = (answer["value"]?.array ?? []).compactMap { item in
      item["LogicalName"]?.string.map { ($0, item) }
    }
    return Dictionary(items) { first, _ in first }.filter { tables.contains($0.key) }
  }

  /// What the columns of a type have of their own, by column, for each type of each table that is
  /// asked for.
  func details(
    _ questions: [(type: ColumnType, table: String)], attempt: String
  ) async throws -> [[String: ColumnDetail]] {
    let calls = questions.map { question in
      let cast = "Microsoft.Dynamics.CRM.\(question.type.cast ?? "AttributeMetadata")"
      return keptCall(
        "EntityDefinitions(LogicalName='\(question.table)')/Attributes/\(cast)"
          + "?\(question.type.castQuery)", attempt)
    }
    return try await client.documents(calls, attempt: attempt).map { answer in
      let items = (answer["value"]?.array ?? []).compactMap { item in
        item["LogicalName"]?.string.map { ($0, ColumnDetail(item)) }
      }
      return Dictionary(items) { first, _ in first }
    }
  }

  /// The ways of a table's look-ups.
  func relationships(of table: String, attempt: String) async throws -> [Relationship] {
    let answer = try await client.document(
      call(
        "EntityDefinitions(LogicalName='\(table)')?$select=LogicalName"
          + "&$expand=ManyToOneRelationships($select=SchemaName,ReferencingAttribute,"
          + "ReferencedEntity,ReferencingEntityNavigationPropertyName)", attempt))
    return (answer["ManyToOneRelationships"]?.array ?? []).compactMap(Relationship.init)
  }

  private func call(_ rest: String, _ attempt: String) -> DynamicsCall {
    DynamicsCall(path: "\(client.root)/\(rest)", headers: Self.headers, attempt: attempt)
  }

  private func keptCall(_ rest: String, _ attempt: String) -> DynamicsCall {
    var call = call(rest, attempt)
    call.isKept = true
    return call
  }
}

/// One look-up column's way to one table.
struct Relationship: Hashable, Sendable {
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
