import Model
import Store

/// One pair of fields of a case: the bases, what both sides hold, the rules, and what is to be done.
public struct CasePair: Hashable, Sendable {
  /// Tells apart the pairs of one record.
  public var name: String
  var fields: CaseFields
  var direction: Direction?
  var winner: Winner?
  var base: Texts?
  var dynamics: String?
  var marketo: String?
  /// The side whose value cannot be read.
  var unknown: Side?
  /// Whether what a derived value is made from has no counterpart yet.
  var waits: Bool
  public var expected: CaseAnswer

  /// Both sides' values as canonical texts.
  struct Texts: Hashable, Sendable {
    var dynamics: String?
    var marketo: String?
  }

  /// The kind of its fields; `nil` for metadata of the file's own.
  public var kind: FieldKind? { fields.kind }

  func bound(in rule: EntityRule) throws(CaseMistake) -> BoundPair {
    let isOneWay = fields.derivation != nil || rule.direction == .toMarketo
    let widest: Direction = isOneWay ? .toMarketo : rule.direction
    let direction = direction ?? widest
    guard widest == .both || direction == widest else {
      throw CaseMistake(
        reason: "'direction' is wider than the \(rule.entity)'s, or a derived value's")
    }
    return try fields.bound(name, direction: direction, winner: winner)
  }

  func value(_ text: String?, of pair: BoundPair, on side: Side) throws(CaseMistake) -> Value {
    let type = pair.field(on: side).type
    guard let value = Value(canonicalText: text, type: type, side: side) else {
      throw CaseMistake(reason: "'\(text ?? "")' in \(side) is no \(type.rawValue)")
    }
    return value
  }
}

extension CasePair: Decodable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case field, fields, direction, winner, base, dynamics, marketo, unknown, waits
    case then, because, stored
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.self)
    try self.init(decoder.container(keyedBy: CodingKeys.self))
  }

  init(_ container: KeyedDecodingContainer<CodingKeys>) throws {
    fields = try container.decodeIfPresent(CaseFields.self, forKey: .fields) ?? CaseFields(.text)
    name =
      try container.decodeIfPresent(String.self, forKey: .field) ?? fields.kind?.rawValue ?? "field"
    direction = try container.word(.direction)
    winner = try container.word(.winner)
    base = try container.decodeIfPresent(Texts.self, forKey: .base)
    dynamics = try container.decodeIfPresent(String.self, forKey: .dynamics)
    marketo = try container.decodeIfPresent(String.self, forKey: .marketo)
    unknown = try container.word(.unknown)
    waits = try container.decodeIfPresent(Bool.self, forKey: .waits) ?? false
    expected = CaseAnswer(
      then: try container.decode(String.self, forKey: .then),
      because: try container.decodeIfPresent(String.self, forKey: .because),
      stored: try container.decodeIfPresent(String.self, forKey: .stored))
    guard CaseAnswer.known.contains(expected.then) else {
      throw DecodingError.dataCorruptedError(
        forKey: .then, in: container,
        debugDescription:
          "'\(expected.then)' is none of \(CaseAnswer.known.joined(separator: ", "))")
    }
  }
}

extension CasePair.Texts: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case dynamics, marketo
  }

  init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    dynamics = try container.decode(String?.self, forKey: .dynamics)
    marketo = try container.decode(String?.self, forKey: .marketo)
  }
}
