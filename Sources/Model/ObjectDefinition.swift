/// A Marketo custom object that is to be made.
public struct ObjectDefinition: Hashable, Sendable {
  public var object: ObjectType
  /// What people see in Marketo.
  public var label: String
  /// The dedupe field: it holds the Dynamics row's GUID.
  public var keyField: FieldName
  public var parent: ParentField
  /// The other fields, by Marketo's names; type, label and length count.
  public var fields: [Field]

  public init(
    _ object: ObjectType, label: String, keyField: FieldName, parent: ParentField, fields: [Field]
  ) {
    self.object = object
    self.label = label
    self.keyField = keyField
    self.parent = parent
    self.fields = fields
  }
}
