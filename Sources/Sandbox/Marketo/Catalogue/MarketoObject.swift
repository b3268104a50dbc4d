/// What makes one object of the lead database's "standard object" pattern: describe, query, sync
/// and delete follow from it.
///
/// An object is declared in one file and named in ``all``; nothing else knows it.
struct MarketoObject: Sendable {
  /// A field that must name a record of another object.
  struct Reference: Sendable {
    var field: String
    /// The kind of the record that it must name, and how.
    var target: Target
    /// The error of a record that names none.
    var missing: MarketoFailure = .recordNotFound
  }

  /// A record that a reference may name.
  enum Target: Sendable, Hashable {
    case object(path: String, field: String)
    case person
  }

  /// A place that names records of this object, so that they cannot be deleted.
  enum Use: Sendable, Hashable {
    /// Persons whose field holds the key of the record.
    case persons(field: String, key: String)
    /// Persons that belong to the company.
    case members
    /// Records of another object whose field holds the key of the record.
    case objects(path: String, field: String, key: String)
  }

  /// The path segment after `/rest/v1/`, such as `companies`.
  let path: String
  /// The name that describe gives.
  let name: String
  /// The words of the object's permissions, as in `Read-Write Company`.
  let permission: String
  let idField: String
  /// One field, or several for a compound key.
  let dedupeFields: [String]
  /// The keys that a query may filter by.
  let searchableFields: [[String]]
  let fields: [MarketoField]
  var references: [Reference] = []
  var uses: [Use] = []
  /// Fields that a new record cannot lack.
  var required: [String] = []
  /// Whether a query without `fields` shows every field that is filled.
  var showsAllFields = false
  /// Whether the values are shown by persons, which then log the change.
  var isShownByPersons = false

  /// Every object that the sandbox has.
  static let all: [MarketoObject] = [.company, .salesPerson]

  /// The object of a path segment.
  static func named(_ path: String) -> MarketoObject? { all.first { $0.path == path } }

  /// The field of a REST name.
  func field(_ name: String) -> MarketoField? { fields.first { $0.name == name } }

  /// Whether the record's id is a number that counts up, rather than a GUID.
  var hasNumericID: Bool { field(idField)?.type == .integer }
}
