import Model
import Transport

/// One entry of Marketo's activity log.
struct Activity: Sendable {
  private let item: JSON
  let type: ActivityType
  /// The person whose log it is in; of a deletion, the person that is gone.
  let person: RecordID
  let at: Instant

  /// `nil` for a type that dynsync does not read, and for entries without a person or a time.
  init?(_ item: JSON) {
    guard let type = item["activityTypeId"]?.integer.flatMap(ActivityType.init(rawValue:)),
      let at = item["activityDate"]?.string.flatMap({ Instant($0) }),
      let person = Self.person(of: item, type)
    else { return nil }
    self.item = item
    self.type = type
    self.at = at
    self.person = .marketo(person)
  }

  /// `marketoGUID` is the identity; `id` may be missing, and need not be unique.
  var id: String {
    if let guid = item["marketoGUID"]?.plainText, !guid.isEmpty { return guid }
    if let id = item["id"]?.plainText, !id.isEmpty { return id }
    return "\(type.rawValue)-\(person.text)-\(at.seconds)-\(primaryName)-\(primaryID ?? 0)"
  }

  /// Whether an API client is named as what made the change.
  var isFromAPI: Bool {
    ["source", "reason", "sourcetype"].contains {
      attribute($0)?.plainText?.lowercased() == "web service api"
    }
  }

  /// What happened; `nil` where it concerns a field that nobody can see.
  func event(in catalogue: Catalogue) -> Notice.Event? {
    switch type {
    case .newPerson: .created
    case .changeDataValue, .changeScore: change(in: catalogue)
    case .mergePersons: .merged(losers: losers)
    case .deletePerson: .deleted
    }
  }

  private func change(in catalogue: Catalogue) -> Notice.Event? {
    switch catalogue.field(id: primaryID, name: primaryName) {
    case .field(let field):
      .changed(field: field, newValue: newValue(as: catalogue.fields[field]?.type))
    case .unknown: .changed(field: FieldName(primaryName), newValue: newValue(as: nil))
    case .unreachable: nil
    }
  }

  /// The new value in canonical spelling where it can be read as one, so that it compares with what
  /// is stored; an empty attribute is left out by the service.
  private func newValue(as type: FieldType?) -> String? {
    let json = attribute("newvalue")
    guard let type, let value = WireValue.value(json, as: type) else { return json?.plainText }
    return value.canonicalText
  }

  /// The ids that the merge attribute lists, in whatever punctuation.
  private var losers: [RecordID] {
    let list = attribute("mergeids") ?? attribute("mergedids") ?? attribute("mergedleadids")
    let text =
      list?.array.map { $0.compactMap(\.plainText).joined(separator: ",") }
      ?? list?.plainText ?? ""
    return text.split { !$0.isNumber }.map { RecordID.marketo(String($0)) }
      .filter { $0 != person }
  }

  private var primaryID: Int64? { item["primaryAttributeValueId"]?.integer }
  private var primaryName: String { item["primaryAttributeValue"]?.plainText ?? "" }

  /// Attributes are named by label, with blanks and capitals that differ between subscriptions.
  private func attribute(_ letters: String) -> JSON? {
    item["attributes"]?.array?.first { attribute in
      let name = attribute["name"]?.string ?? attribute["apiName"]?.string ?? ""
      return name.lowercased().filter(\.isLetter) == letters
    }?["value"]
  }

  private static func person(of item: JSON, _ type: ActivityType) -> String? {
    let named = item["leadId"]?.plainText.flatMap { $0 == "0" ? nil : $0 }
    return named
      ?? (type == .deletePerson ? item["primaryAttributeValueId"]?.plainText : nil)
  }
}

extension Notice {
  /// The activity as a notice; `nil` where it tells nothing that could be read.
  init?(_ activity: Activity, in catalogue: Catalogue) {
    guard let event = activity.event(in: catalogue) else { return nil }
    self.init(
      id: activity.id, record: activity.person, event: event, at: activity.at,
      isFromAPI: activity.isFromAPI)
  }
}
