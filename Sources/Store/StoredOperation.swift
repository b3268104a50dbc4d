import GRDB
import Model

/// One operation as the database keeps it, with typed values.
public struct StoredOperation: Hashable, Sendable {
  public var id: Int64
  public var entity: Entity
  public var dynamicsID: String
  public var marketoID: String?
  public var side: Side
  public var action: PlannedOperation.Action
  public var sentAt: Instant?
  public var fields: [StoredField]

  /// One field of it.
  public struct StoredField: Hashable, Sendable {
    public var pair: String
    public var field: FieldName
    public var sent: Value
    public var predicted: Value
    public var before: Value
  }

  /// The id of the record that is updated or deleted; `nil` for a create.
  public var target: RecordID? {
    switch (action, side) {
    case (.create, _): nil
    case (_, .dynamics): .dynamics(dynamicsID)
    case (_, .marketo): marketoID.map(RecordID.marketo)
    }
  }

  /// What the connector is asked to do.
  public func write(object: ObjectType) -> Write? {
    let values = Dictionary(fields.map { ($0.field, $0.sent) }) { _, last in last }
    switch action {
    case .create(let key):
      return Write(operation: id, object: object, action: .create(key: key), fields: values)
    case .update(let version):
      guard let target else { return nil }
      return Write(
        operation: id, object: object, action: .update(target, ifVersion: version),
        fields: values)
    case .delete:
      return target.map { Write(operation: id, object: object, action: .delete($0), fields: [:]) }
    }
  }
}

extension Store {
  /// The fields of one entity and side whose writes are in doubt.
  public func fieldsInDoubt(of entity: Entity, on side: Side) throws -> Set<FieldName> {
    try read("read the fields in doubt") { db in
      let names = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT field FROM operation JOIN operation_field USING (operation_id)
            WHERE status = 'sending' AND \(Self.isOpen) AND entity = ? AND side = ?
            """), arguments: [entity.rawValue, side.rawValue])
      return Set(names.map { FieldName($0) })
    }
  }

  /// The next operations of one entity and side in a state, oldest first.
  ///
  /// `schema` tells the types of fields that no pair names any more.
  public func operations(
    _ status: String, of entity: BoundEntity, on side: Side, in schema: ObjectSchema? = nil,
    after id: Int64 = 0, limit: Int
  ) throws -> [StoredOperation] {
    let pairs = Dictionary(
      entity.pairs.map { ($0.pair.name, $0.field(on: side).type) }
    ) { first, _ in first }
    let types = (schema ?? entity.schema(on: side)).fields.mapValues(\.type)
    return try read("read the \(status) operations") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT * FROM operation
            WHERE status = ? AND \(Self.isOpen) AND entity = ? AND side = ? AND operation_id > ?
            ORDER BY operation_id LIMIT ?
            """), arguments: [status, entity.entity.rawValue, side.rawValue, id, limit]
      ).map { try Self.operation(from: $0, entity: entity.entity, pairs: pairs, types, db) }
    }
  }

  private static func operation(
    from row: Row, entity: Entity, pairs: [String: FieldType], _ types: [FieldName: FieldType],
    _ db: Database
  ) throws -> StoredOperation {
    let side: Side = row["side"] as String == Side.dynamics.rawValue ? .dynamics : .marketo
    let key: String? = row["create_key"]
    let id: Int64 = row["operation_id"]
    let fields = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM operation_field WHERE operation_id = ?"),
      arguments: [id]
    ).compactMap { row -> StoredOperation.StoredField? in
      let field = FieldName(row["field"])
      guard let type = field == .owner ? .reference : pairs[row["pair"]] ?? types[field] else {
        return nil
      }
      func value(_ column: String) -> Value {
        Value(canonicalText: row[column], type: type, side: side) ?? .empty
      }
      return StoredOperation.StoredField(
        pair: row["pair"], field: field, sent: value("sent_value"),
        predicted: value("predicted_value"), before: value("value_before"))
    }
    let action: PlannedOperation.Action =
      switch (row["action"] as String, key) {
      case ("delete", _): .delete
      case (_, let key?): .create(key: key)
      default: .update(ifVersion: row["if_version"])
      }
    return StoredOperation(
      id: id, entity: entity, dynamicsID: row["dynamics_id"], marketoID: row["marketo_id"],
      side: side, action: action,
      sentAt: (row["sent_at"] as String?).flatMap { Instant($0) }, fields: fields)
  }
}
