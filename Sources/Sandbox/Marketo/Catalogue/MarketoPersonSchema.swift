/// The fields of a person: the standard ones and those that were made by API.
struct MarketoPersonSchema: Sendable {
  /// The fields made by API, in the order of their making.
  let custom: [MarketoField]
  private let customByName: [String: MarketoField]

  init(custom: [MarketoField]) {
    self.custom = custom
    customByName = Dictionary(custom.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Every field, standard ones first.
  var all: [MarketoField] { MarketoPersonFields.standard + custom }

  /// The field of a REST name; `nil` for one that REST does not know.
  func field(_ name: String) -> MarketoField? {
    guard let field = MarketoPersonFields.byName[name] ?? customByName[name] else { return nil }
    return field.home == .nowhere ? nil : field
  }

  /// The field whose name differs from the given one in case alone, or not at all.
  func similar(to name: String) -> MarketoField? {
    let wanted = name.lowercased()
    return all.first { $0.name.lowercased() == wanted }
  }

  /// The field with a number of the activity log.
  func field(numbered id: Int64) -> MarketoField? { all.first { $0.id == id } }

  /// The fields named, in the order given and each once.
  ///
  /// Throws error 1006 for a name that REST does not know.
  func fields(_ names: [String]) throws(MarketoFailure) -> [MarketoField] {
    var seen: Set<String> = []
    var fields: [MarketoField] = []
    for name in names where seen.insert(name).inserted {
      guard let field = field(name) else { throw .field(name) }
      fields.append(field)
    }
    return fields
  }
}
