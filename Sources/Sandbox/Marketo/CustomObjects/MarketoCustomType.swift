/// A custom object type that was made by API: its approved version, its draft, or both.
///
/// Every change makes a draft, which holds for nobody until it is approved.
struct MarketoCustomType: Hashable, Sendable {
  /// Where a type stands.
  enum State: String, Sendable { case draft, approved, approvedWithDraft }

  /// One of its two versions.
  enum Version: String, Sendable { case draft, approved }

  /// What one version says.
  struct Definition: Hashable, Sendable {
    var displayName: String
    var pluralName: String
    var description: String?
    var isShownInLeadDetail = false
    var changedAt: String
    var fields: [Field] = []
  }

  /// One field beside those that every type has.
  struct Field: Hashable, Sendable {
    var name: String
    var displayName: String
    var description: String?
    var type: FieldType
    var isDedupeField = false
  }

  /// What a field holds.
  enum FieldType: Hashable, Sendable {
    case plain(MarketoFieldType)
    case link(Link)
  }

  /// The field of a person, a company or another custom object's record that a link holds.
  struct Link: Hashable, Sendable {
    /// `lead`, `company` or the API name of a custom object type.
    var object: String
    var field: String
    /// The type of that field, which the link has too once it is approved.
    var type: MarketoFieldType
  }

  /// Counts up from 1; its kind of activity is this many past 100,000.
  var id: Int64
  var apiName: String
  var createdAt: String
  var draft: Definition?
  var approved: Definition?

  /// Fields that make the key: one to three ("Custom objects").
  static let dedupeLimit = 3
  /// Plain fields that may be added after the first approval.
  static let laterFieldLimit = 20
  /// The data types that fieldDataTypes names, beside `link`.
  static let dataTypes: [MarketoFieldType] = [
    .string, .boolean, .integer, .float, .email, .currency, .date, .datetime, .phone, .text,
  ]

  /// Where it stands.
  var state: State {
    if approved == nil { return .draft }
    return draft == nil ? .approved : .approvedWithDraft
  }

  /// The version that is meant where nobody says which: the approved one if there is one.
  var shown: Version { approved == nil ? .draft : .approved }

  /// What a version says; `nil` where there is none of it.
  func definition(_ version: Version) -> Definition? {
    version == .draft ? draft : approved
  }
}

extension MarketoCustomType.Definition {
  /// The fields of the key.
  var dedupeFields: [String] { fields.filter(\.isDedupeField).map(\.name) }

  /// The fields that link, with what they link to.
  var links: [(field: String, link: MarketoCustomType.Link)] {
    fields.compactMap { field in
      guard case .link(let link) = field.type else { return nil }
      return (field.name, link)
    }
  }

  /// The field of a name, in whatever case.
  func place(of name: String) -> Int? {
    fields.firstIndex { $0.name.lowercased() == name.lowercased() }
  }
}
