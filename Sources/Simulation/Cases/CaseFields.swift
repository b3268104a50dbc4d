import Model

/// The two fields of a case: a kind by its name, metadata of both sides, or a derived value.
struct CaseFields: Hashable, Sendable {
  /// The name of a known kind; `nil` for metadata of the file's own.
  var kind: FieldKind?
  var dynamics: FieldMetadata
  var marketo: FieldMetadata
  var derivation: Derivation?

  init(_ kind: FieldKind) {
    self.kind = kind
    derivation = kind.derivation
    (dynamics, marketo) = kind.metadata
  }

  /// A pair of these fields; `name` tells apart the pairs of one record.
  func bound(
    _ name: String, direction: Direction, winner: Winner?
  ) throws(CaseMistake) -> BoundPair {
    let source: FieldPair.Source =
      derivation.map(FieldPair.Source.derived) ?? .field(FieldName("d_\(name)"))
    let pair = FieldPair(source, FieldName("m_\(name)"), direction: direction, winner: winner)
    do throws(PairMismatch) {
      return try BoundPair(
        pair, dynamics: dynamics.field(FieldName(pair.sourceName), canWrite: derivation == nil),
        marketo: marketo.field(pair.marketo))
    } catch {
      throw CaseMistake(reason: error.reason)
    }
  }
}

extension CaseFields: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case dynamics, marketo, derived
  }

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      guard let kind = FieldKind(rawValue: name) else {
        let names = FieldKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath, debugDescription: "'\(name)' is none of \(names)"))
      }
      self = CaseFields(kind)
      return
    }
    try decoder.refuseKeys(besides: CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let derivation: Derivation? = try container.word(.derived)
    self.derivation = derivation
    dynamics =
      try derivation.map { FieldMetadata($0.type) }
      ?? container.decode(FieldMetadata.self, forKey: .dynamics)
    marketo = try container.decode(FieldMetadata.self, forKey: .marketo)
  }
}

/// What a case says of one side's field, in the words of a service's metadata.
struct FieldMetadata: Hashable, Sendable {
  var type: FieldType
  var length: Int?
  var scale: Int?
  var options: [Option] = []
  var text = TextStorage()
  var isRequired = false
  var isOfCompany = false

  init(_ type: FieldType, length: Int? = nil, scale: Int? = nil) {
    self.type = type
    self.length = length
    self.scale = scale
  }

  func field(_ name: FieldName, canWrite: Bool = true) -> Field {
    Field(
      name, type, length: length, scale: scale, options: options, text: text, canCreate: canWrite,
      canUpdate: canWrite, isOfCompany: isOfCompany, isRequired: isRequired)
  }
}

extension FieldMetadata: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case type, length, scale, options, required
    case trimsLeading = "trims_leading"
    case trimsTrailing = "trims_trailing"
    case cutsOverlong = "cuts_overlong"
    case lowercases = "lower_case"
    case isOfCompany = "of_company"
  }

  init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func isSaid(_ key: CodingKeys) throws -> Bool {
      try container.decodeIfPresent(Bool.self, forKey: key) ?? false
    }
    self.init(
      try container.word(.type) ?? .text,
      length: try container.decodeIfPresent(Int.self, forKey: .length),
      scale: try container.decodeIfPresent(Int.self, forKey: .scale))
    let labels = try container.decodeIfPresent([String: String].self, forKey: .options) ?? [:]
    options = try labels.map { number, label in
      guard let number = Int(number) else {
        throw DecodingError.dataCorruptedError(
          forKey: .options, in: container, debugDescription: "'\(number)' is no option's number")
      }
      return Option(number, label)
    }.sorted { $0.number < $1.number }
    text = TextStorage(
      trimsLeading: try isSaid(.trimsLeading), trimsTrailing: try isSaid(.trimsTrailing),
      lowercases: try isSaid(.lowercases), cutsOverlong: try isSaid(.cutsOverlong))
    isRequired = try isSaid(.required)
    isOfCompany = try isSaid(.isOfCompany)
  }
}
