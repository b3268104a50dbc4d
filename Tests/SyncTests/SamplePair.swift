import Model

/// The kinds of pairs that `merge-cases.json` names.
enum SamplePair: String, Codable, CaseIterable, Sendable {
  case text
  case trimmed
  case short
  case money
  case optOut = "opt-out"
  case option
  case folded
  case key
  case owner

  /// A pair of this kind, bound to both sides' fields.
  func bound(direction: Direction = .both, winner: Winner? = nil) throws -> BoundPair {
    let pair =
      switch self {
      case .key: FieldPair(.derived(.key), "dynamicsId", direction: direction, winner: winner)
      case .owner:
        FieldPair(.derived(.owner), "externalSalesPersonId", direction: direction, winner: winner)
      default:
        FieldPair(
          FieldName("d_\(self)"), FieldName("m_\(self)"), direction: direction, winner: winner)
      }
    return try BoundPair(
      pair, dynamics: dynamics(FieldName(pair.sourceName)), marketo: marketo(pair.marketo))
  }

  private func dynamics(_ name: FieldName) -> Field {
    switch self {
    case .text, .short, .folded: Field(name, .text)
    case .trimmed: Field(name, .text, text: TextStorage(trimsTrailing: true))
    case .money: Field(name, .decimal, scale: 2)
    case .optOut: Field(name, .boolean)
    case .option: Field(name, .option, options: [Option(1, "Advertisement"), Option(8, "Web")])
    case .key, .owner: Field(name, .text, canCreate: false, canUpdate: false)
    }
  }

  private func marketo(_ name: FieldName) -> Field {
    switch self {
    case .text, .trimmed, .option, .key, .owner: Field(name, .text)
    case .short: Field(name, .text, length: 5, text: TextStorage(cutsOverlong: true))
    case .money: Field(name, .decimal)
    case .optOut: Field(name, .boolean)
    case .folded: Field(name, .text, text: TextStorage(lowercases: true))
    }
  }
}
