/// A pair together with what both sides' metadata says of its fields: enough to carry a value over.
public struct BoundPair: Hashable, Sendable {
  public var pair: FieldPair
  /// A derived pair has a made-up field of the derivation's type here.
  public var dynamics: Field
  public var marketo: Field

  /// Binds `pair` to its fields; throws a reason why the two cannot carry each other's values.
  public init(_ pair: FieldPair, dynamics: Field, marketo: Field) throws(PairMismatch) {
    self.pair = pair
    self.dynamics = dynamics
    self.marketo = marketo
    if let reason = Self.mismatch(of: dynamics, and: marketo, direction: pair.direction) {
      throw PairMismatch(pair: pair, reason: reason)
    }
  }

  public func field(on side: Side) -> Field { side == .dynamics ? dynamics : marketo }

  /// The value that `side` should be sent so that it holds what the other side holds as `value`;
  /// `nil` where it has no word for it (a label that is no option of the field).
  public func translate(_ value: Value, to side: Side) -> Value? {
    Self.convert(value, from: field(on: side.opposite), to: field(on: side))
  }

  /// What `side` is predicted to hold after it was sent the other side's `value`.
  public func predicted(_ value: Value, on side: Side) -> Value? {
    translate(value, to: side).map(field(on: side).storedForm)
  }

  /// Whether the two values are the same content, in either side's stored form.
  public func agree(dynamics one: Value, marketo other: Value) -> Bool {
    predicted(one, on: .marketo) == other || predicted(other, on: .dynamics) == one
  }
}

/// Why two fields cannot be kept equal.
public struct PairMismatch: Error, Hashable, Sendable {
  public var pair: FieldPair
  public var reason: String

  public init(pair: FieldPair, reason: String) {
    self.pair = pair
    self.reason = reason
  }
}

extension BoundPair {
  private static func convert(_ value: Value, from source: Field, to target: Field) -> Value? {
    switch (value, target.type) {
    case (.empty, .text) where target.isRequired: .text(Field.noName)
    case (.empty, _): .empty
    case (.option(let number), .text):
      source.options.first { $0.number == number }.map { .text($0.label) }
    case (.option(let number), .integer): .integer(Int64(number))
    case (.text(let label), .option):
      target.options.first { $0.label == label }.map { .option($0.number) }
    case (.integer(let number), .option):
      target.options.first { $0.number == Int(number) }.map { .option($0.number) }
    case (.integer(let number), .decimal): ExactDecimal(String(number)).map(Value.decimal)
    case (.reference(let reference), .text): .text(reference.id.text)
    case (_, .text): value.canonicalText.map(Value.text)
    case (.text(let text), let type):
      Value(canonicalText: text, type: type, side: .dynamics)
    case (_, source.type) where source.type == target.type: value
    case (.decimal(let number), .integer): Int64(number.text).map(Value.integer)
    default: nil
    }
  }

  private static func mismatch(
    of dynamics: Field, and marketo: Field, direction: Direction
  ) -> String? {
    for (source, target, side) in [
      (dynamics, marketo, Side.marketo), (marketo, dynamics, .dynamics),
    ]
    where direction.allows(writingTo: side) {
      guard canConvert(source.type, to: target.type) else {
        return "a \(source.type.rawValue) cannot become a \(target.type.rawValue)"
      }
      guard target.canUpdate || target.canCreate else {
        return "\(target.name) cannot be written in \(side)"
      }
    }
    let usesLabels = dynamics.type == .option && marketo.type == .text
    if usesLabels, let repeated = repeatedLabel(in: dynamics.options) {
      return "two options of \(dynamics.name) have the label '\(repeated)'"
    }
    return nil
  }

  private static func canConvert(_ source: FieldType, to target: FieldType) -> Bool {
    switch (source, target) {
    case (_, .text): true
    case (.text, .reference): false
    case (.text, _): true
    case (.option, .integer), (.integer, .option), (.integer, .decimal), (.decimal, .integer): true
    default: source == target
    }
  }

  private static func repeatedLabel(in options: [Option]) -> String? {
    var seen: Set<String> = []
    return options.first { !seen.insert($0.label).inserted }?.label
  }
}
