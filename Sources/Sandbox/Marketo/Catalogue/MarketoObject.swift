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
    /// Whether one such record fails the whole call, rather than being skipped.
    var failsCall = false
  }

  /// A record that a reference may name.
  enum Target: Sendable, Hashable {
    case object(path: String, field: String)
    /// A person whose field holds the value.
    case person(field: String)
  }

  /// Records of another object that go with a record of this one when it is deleted.
  struct Part: Sendable {
    var path: String
    /// The field of the other object that names this one.
    var field: String
    /// The field of this object that it holds.
    var key: String
  }

  /// A link as describe tells it.
  struct Relationship: Sendable {
    var field: String
    /// `lead`, `company` or the API name of a custom object type.
    var object: String
    var key: String
  }

  /// What the activity log of a person says when a record that names the person comes or goes.
  enum Trace: Sendable {
    case nothing
    /// Add to Opportunity and Remove from Opportunity.
    case opportunityRole
    /// The kind of activity that a custom object type has for its new records.
    case added(type: Int64)
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
  var parts: [Part] = []
  var trace: Trace = .nothing
  /// Fields that a new record cannot lack.
  var required: [String] = []
  /// Whether a query without `fields` shows every field that is filled.
  var showsAllFields = false
  /// Whether the values are shown by persons, which then log the change.
  var isShownByPersons = false
  /// Whether a native CRM sync would own it (error 1018 on writes).
  var isCRMManaged = true
  /// The name for people, where it is another than ``name``.
  var displayName: String?
  var description: String?
  /// When it was declared and last changed.
  var declaredAt = "2024-01-15T09:00:00Z"
  var changedAt = "2024-01-15T09:00:00Z"
  /// The error of a key that no record has.
  var notFound: MarketoFailure = .recordNotFound
  /// What describe tells of its links; `nil` where it does not speak of any.
  var relationships: [Relationship]?

  /// Every object that is there without anyone making it.
  static let all: [MarketoObject] = [.company, .salesPerson, .opportunity, .opportunityRole]

  /// The object of a path segment.
  static func named(_ path: String) -> MarketoObject? { all.first { $0.path == path } }

  /// The field of a REST name.
  func field(_ name: String) -> MarketoField? { fields.first { $0.name == name } }

  /// Whether the record's id is a number that counts up, rather than a GUID.
  var hasNumericID: Bool { field(idField)?.type == .integer }
}
