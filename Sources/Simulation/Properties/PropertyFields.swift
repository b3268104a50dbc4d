import Model

/// Draws pairs of fields and the values that they can hold.
enum PropertyFields {
  /// A mapped pair of random type, storage, direction and winner; `nil` where the two do not fit.
  static func pair(
    _ number: Int, of rule: EntityRule, _ chance: inout SimulationRandom
  ) -> BoundPair? {
    let (one, other) = types[chance.below(types.count)]
    let directions: [Direction] =
      rule.direction == .both ? [.both, .both, .both, .toMarketo, .toDynamics] : [.toMarketo]
    let isBoolean = (one, other) == (.boolean, .boolean)
    let winners: [Winner?] =
      isBoolean
      ? [.trueWins, .trueWins, .trueWins, nil]
      : [nil, nil, .dynamics, .marketo, .nonEmpty, .manual]
    let direction = directions[chance.below(directions.count)]
    let winner = winners[chance.below(winners.count)]
    var marketo = field(FieldName("m\(number)"), other, &chance)
    if other == .text, chance.below(8) == 0 { marketo.isRequired = true }
    if rule.marketo == .person, chance.below(8) == 0 { marketo.isOfCompany = true }
    return try? BoundPair(
      FieldPair(
        FieldName("d\(number)"), FieldName("m\(number)"), direction: direction, winner: winner),
      dynamics: field(FieldName("d\(number)"), one, &chance), marketo: marketo)
  }

  static func derived(_ derivation: Derivation) -> BoundPair? {
    let name = FieldName("m_\(derivation.rawValue)")
    return try? BoundPair(
      FieldPair(.derived(derivation), name, direction: .toMarketo),
      dynamics: Field(
        FieldName("_\(derivation.rawValue)"), derivation.type, canCreate: false, canUpdate: false),
      marketo: Field(name, derivation.type))
  }

  private static let types: [(FieldType, FieldType)] = [
    (.text, .text), (.text, .text), (.text, .text), (.text, .text), (.boolean, .boolean),
    (.boolean, .boolean), (.decimal, .decimal), (.integer, .integer), (.integer, .decimal),
    (.option, .text), (.option, .text), (.option, .integer), (.date, .date), (.integer, .text),
  ]

  private static func field(
    _ name: FieldName, _ type: FieldType, _ chance: inout SimulationRandom
  ) -> Field {
    var field = Field(name, type)
    switch type {
    case .text:
      field.text = TextStorage(
        trimsLeading: chance.below(4) == 0, trimsTrailing: chance.below(3) == 0,
        lowercases: chance.below(5) == 0, cutsOverlong: true)
      if chance.below(4) == 0 { field.length = 3 + chance.below(6) }
    case .decimal: field.scale = [nil, 0, 1, 2][chance.below(4)]
    case .option: field.options = [Option(1, "Advertisement"), Option(2, "Fair"), Option(8, "Web")]
    default: break
    }
    return field
  }

  /// A value that `field` can hold.
  static func value(_ field: Field, _ chance: inout SimulationRandom) -> Value {
    let choices: [Value] =
      switch field.type {
      case .text: texts
      case .decimal: decimals
      case .integer: integers
      case .boolean: booleans
      case .option: options
      case .date: dates
      default: [.empty]
      }
    return field.storedForm(choices[chance.below(choices.count)])
  }

  private static let texts: [Value] = [
    .empty, .text(" "), .text("Chief"), .text("Chief Officer"), .text("chief"), .text("Web"),
    .text("Web "), .text(" Web"), .text("Fair"), .text("7"), .text("Ärztin"),
    .text("(no name)"),
  ]
  private static let decimals: [Value] =
    [.empty]
    + ["0", "1", "1.5", "2.345", "2.3449", "2.35", "-0.05"].compactMap {
      ExactDecimal($0).map(Value.decimal)
    }
  private static let integers: [Value] = [
    .empty, .integer(0), .integer(1), .integer(8), .integer(9),
  ]
  private static let booleans: [Value] = [.empty, .boolean(true), .boolean(false)]
  private static let options: [Value] = [.empty, .option(1), .option(2), .option(8), .option(99)]
  private static let dates: [Value] =
    [.empty] + ["2026-01-05", "2026-02-28"].compactMap { CalendarDate($0).map(Value.date) }

  /// Another form of a text, as a person or a plug-in might leave it.
  static func variation(_ value: Value, _ chance: inout SimulationRandom) -> Value {
    guard case .text(let text) = value else { return value }
    return switch chance.below(4) {
    case 0: .text(text.uppercased())
    case 1: .text(text.lowercased())
    case 2: .text(text + " ")
    default: .text(text + ".")
    }
  }
}
