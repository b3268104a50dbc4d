import Transport

/// What both services should hold, worked out from the edits alone.
struct Expectation {
  /// One record on both sides: what each holds now, and what each held when they last agreed.
  struct Twin {
    let kind: Kind
    let id: String
    var person: Int64?
    var dynamics: [String?]
    var marketo: [String?]
    var agreedDynamics: [String?]
    var agreedMarketo: [String?]
    /// What Dynamics says beside the mapped fields.
    var ties = Ties()
    /// Marketo's values of ``Kind/derived``, in their order.
    var derived: [String?] = []
    /// What they were last made from.
    var agreedDerived: [String?] = []
  }

  var twins: [Twin] = []
  /// Where a record stands in `twins`, by its id.
  var places: [String: Int] = [:]
  var stakes: [Stake] = []
  /// How many connections were added.
  var connected = 0
  /// The connection roles' names, by id.
  var roleNames: [String: String] = [:]
  /// By table and column: number to label.
  let labels: [String: [String: String]]

  init(labels: [String: [String: String]]) { self.labels = labels }

  /// A record that stands in Dynamics alone: the first sync copies it.
  mutating func add(_ kind: Kind, _ row: JSON) {
    guard let id = row[kind.key]?.string else { return }
    let dynamics = kind.pairs.map { cell(row[$0.dynamics]) }
    let marketo = zip(kind.pairs, dynamics).map { toMarketo($1, $0, kind) }
    places[id] = twins.count
    twins.append(
      Twin(
        kind: kind, id: id, dynamics: dynamics, marketo: marketo, agreedDynamics: dynamics,
        agreedMarketo: marketo, ties: Ties(kind, row)))
  }

  func twin(_ id: String) -> Twin? { places[id].map { twins[$0] } }

  func toMarketo(_ value: String?, _ pair: Mapping.Pair, _ kind: Kind) -> String? {
    guard let value else { return nil }
    switch pair.kind {
    case .choice, .state: return labels["\(kind.rawValue).\(pair.dynamics)"]?[value]
    default: return value
    }
  }

  func toDynamics(_ value: String?, _ pair: Mapping.Pair, _ kind: Kind) -> String? {
    guard let value else { return nil }
    switch pair.kind {
    case .choice, .state:
      return labels["\(kind.rawValue).\(pair.dynamics)"]?.first { $0.value == value }?.key
    case .money: return ExactDecimalText.rounded(value)
    case .text, .name: return trimmed(value)
    default: return value
    }
  }

  private func trimmed(_ text: String) -> String? {
    var text = text
    while text.hasSuffix(" ") { text.removeLast() }
    return text.isEmpty ? nil : text
  }
}

/// A cell of either API as comparable text.
func cell(_ json: JSON?) -> String? {
  switch json {
  case .string(let text): text.isEmpty ? nil : text
  case .integer(let number): String(number)
  case .decimal(let number): number.text
  case .boolean(let truth): String(truth)
  default: nil
  }
}
