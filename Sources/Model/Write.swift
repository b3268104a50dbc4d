/// One change to one record of one side, as the plan decided it.
public struct Write: Hashable, Sendable {
  /// The operation that it carries out; results are told by it.
  public var operation: Int64
  public var object: ObjectType
  public var action: Action
  /// What to set, in the side's own field names and value types.
  ///
  /// Others are left alone.
  public var fields: [FieldName: Value]

  public enum Action: Hashable, Sendable {
    /// Makes the record with a key chosen beforehand, so that a repeat finds the first.
    ///
    /// Dynamics: the new row's GUID. Marketo: the value of the object's key field (a person's
    /// `person_key`, a company's `externalCompanyId`).
    case create(key: String)
    /// Changes a record that exists; with a version, only if it is still that one.
    case update(RecordID, ifVersion: String?)
    case delete(RecordID)
  }

  public init(operation: Int64, object: ObjectType, action: Action, fields: [FieldName: Value]) {
    self.operation = operation
    self.object = object
    self.action = action
    self.fields = fields
  }
}
