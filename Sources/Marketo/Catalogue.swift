import Model
import Transport

/// All fields of one object, as the service describes them.
struct Catalogue: Hashable, Sendable {
  /// The fields that the REST API can reach, by their REST names.
  var fields: [FieldName: Entry] = [:]
  /// What activities call a field by; `nil` inside for one that the REST API cannot reach.
  private var namesByID: [Int64: FieldName?] = [:]
  private var namesByLabel: [String: FieldName?] = [:]
  /// The fields that together are a record's key.
  private(set) var dedupeFields: [FieldName] = []
  /// The fields by which a custom object hangs on other objects, in the description's order.
  private(set) var links: [Link] = []
  /// A custom object that was never approved has no records yet.
  private(set) var state: State?

  /// One field's description.
  struct Entry: Hashable, Sendable {
    var name: FieldName
    var label: String
    /// The service's own word, as in `lead_function`.
    var dataType: String
    var length: Int?
    var isUpdateable: Bool
    /// A native CRM sync owns the field.
    var isManaged: Bool
  }

  /// How far a custom object's type has come; other objects have none.
  enum State: String, Hashable, Sendable {
    case draft
    case approved
    /// What is approved goes on being used while the draft is worked on.
    case approvedWithDraft
  }

  /// No fields.
  init() {}

  /// Reads `describe.json` of persons (ids and labels) together with `describe2.json` (what can be
  /// written).
  ///
  /// The older `readOnly` is optimistic: it calls even `id` writable. A field without a `rest` member
  /// is not available to the REST API.
  init(person older: [JSON], newer: [JSON]) {
    for item in older {
      let name = item["rest"]?["name"]?.string.map { FieldName($0) }
      let label = item["displayName"]?.string ?? ""
      if let id = item["id"]?.integer { namesByID[id] = .some(name) }
      namesByLabel[label.lowercased()] = .some(name)
      guard let name else { continue }
      fields[name] = Entry(
        name: name, label: label, dataType: item["dataType"]?.string ?? "",
        length: item["length"]?.integer.map(Int.init),
        isUpdateable: item["rest"]?["readOnly"]?.boolean == false, isManaged: false)
    }
    add(newer.first?["fields"]?.array ?? [])
  }

  /// Reads `describe.json` of a standard or custom object, or the one of a custom object's type.
  init(standardObject result: [JSON]) {
    guard let object = result.first else { return }
    let items = object["fields"]?.array ?? []
    add(items)
    dedupeFields = (object["dedupeFields"]?.array ?? []).compactMap(\.string).map { FieldName($0) }
    links = Link.all(relationships: object["relationships"]?.array ?? [], fields: items)
    state = object["state"]?.string.flatMap { State(rawValue: $0) }
  }

  private mutating func add(_ items: [JSON]) {
    for item in items {
      guard let name = item["name"]?.string.map({ FieldName($0) }) else { continue }
      fields[name] = Entry(
        name: name, label: item["displayName"]?.string ?? fields[name]?.label ?? name.rawValue,
        dataType: item["dataType"]?.string ?? fields[name]?.dataType ?? "",
        length: item["length"]?.integer.map(Int.init) ?? fields[name]?.length,
        isUpdateable: item["updateable"]?.boolean ?? false,
        isManaged: item["crmManaged"]?.boolean ?? false)
    }
  }

  /// What an activity's primary attribute means.
  enum Meaning: Hashable, Sendable {
    case field(FieldName)
    /// A field that the REST API cannot reach.
    case unreachable
    /// Nothing that the description knows: perhaps it was renamed since.
    case unknown
  }

  /// The field that an activity names by its id, by its REST name or by its label, in this order.
  func field(id: Int64?, name: String) -> Meaning {
    if let id, let known = namesByID[id] { return known.map(Meaning.field) ?? .unreachable }
    if fields[FieldName(name)] != nil { return .field(FieldName(name)) }
    guard let known = namesByLabel[name.lowercased()] else { return .unknown }
    return known.map(Meaning.field) ?? .unreachable
  }
}
