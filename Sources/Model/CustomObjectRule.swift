/// How the rows of a custom entity hang on persons or companies, and how its Marketo type is made.
public struct CustomObjectRule: Hashable, Sendable {
  /// The look-up column of the Dynamics table that names the person or account.
  public var parentColumn: FieldName
  /// The dedupe field of a type that is to be made: it holds the Dynamics row's id.
  public var keyField: FieldName
  /// The link field of a type that is to be made; one that stands says by itself which field it is.
  public var linkField: FieldName
  /// What the rows hang on: ``ObjectType/person`` or ``ObjectType/company``.
  public var parentObject: ObjectType

  public init(
    parentColumn: FieldName, keyField: FieldName, linkField: FieldName, parentObject: ObjectType
  ) {
    self.parentColumn = parentColumn
    self.keyField = keyField
    self.linkField = linkField
    self.parentObject = parentObject
  }
}
