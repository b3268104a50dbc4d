import Transport

/// What both services should hold, worked out from the edits alone.
struct Expectation {
  enum Kind: String {
    case lead
    case contact
    case account
    case user

    var set: String {
      switch self {
      case .lead: "leads"
      case .contact: "contacts"
      case .account: "accounts"
      case .user: "systemusers"
      }
    }

    var key: String { self == .user ? "systemuserid" : "\(rawValue)id" }

    var pairs: [Mapping.Pair] {
      switch self {
      case .lead: Mapping.lead
      case .contact: Mapping.person
      case .account: Mapping.account
      case .user: Mapping.user
      }
    }
  }

  /// One record on both sides: what each holds now, and what each held when they last agreed.
  struct Twin {
    let kind: Kind
    let id: String
    var person: Int64?
    var dynamics: [String?]
    var marketo: [String?]
    var agreedDynamics: [String?]
    var agreedMarketo: [String?]
  }

  var twins: [Twin] = []
  /// By table and column: number to label.
  let labels: [String: [String: String]]

  init(labels: [String: [String: String]]) { self.labels = labels }

  /// A record that stands in Dynamics alone: the first sync copies it.
  mutating func add(_ kind: Kind, _ row: JSON) {
    guard let id = row[kind.key]?.string else { return }
    let dynamics = kind.pairs.map { cell(row[$0.dynamics]) }
    let marketo = zip(kind.pairs, dynamics).map { toMarketo($1, $0, kind) }
    twins.append(
      Twin(
        kind: kind, id: id, dynamics: dynamics, marketo: marketo, agreedDynamics: dynamics,
        agreedMarketo: marketo))
  }

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
    case .text: return trimmed(value)
    default: return value
    }
  }

  private func trimmed(_ text: String) -> String? {
    var text = text
    while text.hasSuffix(" ") { text.removeLast() }
    return text.isEmpty ? nil : text
  }

  /// What a run should make of the edits since the last one.
  mutating func settle() {
    for index in twins.indices {
      twins[index].kind == .lead || twins[index].kind == .contact
        ? merge(&twins[index]) : overwrite(&twins[index])
    }
  }

  private func merge(_ twin: inout Twin) {
    for (index, pair) in twin.kind.pairs.enumerated() {
      let (one, other) = (twin.dynamics[index], twin.marketo[index])
      let changed = (
        dynamics: one != twin.agreedDynamics[index], marketo: other != twin.agreedMarketo[index]
      )
      let agree =
        toMarketo(one, pair, twin.kind) == other || toDynamics(other, pair, twin.kind) == one
      guard changed.dynamics || changed.marketo else { continue }
      if !agree {
        let dynamicsWins =
          changed.dynamics && changed.marketo ? twin.kind == .contact : changed.dynamics
        if dynamicsWins {
          twin.marketo[index] = toMarketo(one, pair, twin.kind)
        } else {
          twin.dynamics[index] = toDynamics(other, pair, twin.kind)
        }
      }
      twin.agreedDynamics[index] = twin.dynamics[index]
      twin.agreedMarketo[index] = twin.marketo[index]
    }
  }

  /// One-way records: an edit in Marketo stays until Dynamics changes, which overwrites all.
  private func overwrite(_ twin: inout Twin) {
    guard twin.dynamics != twin.agreedDynamics else { return }
    for (index, pair) in twin.kind.pairs.enumerated() {
      twin.marketo[index] = toMarketo(twin.dynamics[index], pair, twin.kind)
    }
    twin.agreedDynamics = twin.dynamics
    twin.agreedMarketo = twin.marketo
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
