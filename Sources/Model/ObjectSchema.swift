/// What a side's metadata says of one object, for the fields that were asked for.
public struct ObjectSchema: Hashable, Sendable {
  public var object: ObjectType
  /// The side's own name of the record's identity; the mirror's text key.
  public var keyField: FieldName
  /// The fields that were asked for and exist, by name.
  public var fields: [FieldName: Field]
  /// How the side tells what changed.
  public var feed: FeedKind
  /// For a Marketo custom object: the field by which it hangs on a person or company.
  public var parent: ParentField?

  public init(
    _ object: ObjectType, keyField: FieldName, fields: [Field], feed: FeedKind,
    parent: ParentField? = nil
  ) {
    self.object = object
    self.keyField = keyField
    self.fields = Dictionary(fields.map { ($0.name, $0) }) { _, last in last }
    self.feed = feed
    self.parent = parent
  }
}

/// The field of a Marketo custom object that holds the Marketo id of a person or company.
public struct ParentField: Hashable, Sendable {
  public var name: FieldName
  /// The object that the id is of: ``ObjectType/person`` or ``ObjectType/company``.
  public var object: ObjectType

  public init(_ name: FieldName, of object: ObjectType) {
    self.name = name
    self.object = object
  }
}

/// How a side tells what changed in an object since a watermark.
public enum FeedKind: String, Sendable, Hashable {
  /// Whole records and deletions; the first read gives all of them.
  case records
  /// Notices that something changed; current values are read by id. No first read of all.
  case notices
  /// Nothing: records are looked up by key when they are needed.
  case none
  /// Nothing is read: the rows are made from other mirrors.
  case derived
}
