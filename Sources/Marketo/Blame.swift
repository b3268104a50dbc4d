import Model

/// Finds the field that a refused record is refused for, where the service's words allow it.
struct Blame: Sendable {
  private let reason: RecordStatus.Reason
  private let write: Write
  private let schema: ObjectSchema

  init(_ reason: RecordStatus.Reason, of write: Write, in schema: ObjectSchema) {
    self.reason = reason
    self.write = write
    self.schema = schema
  }

  /// One of the written fields, or `nil`.
  var field: FieldName? { quoted ?? mentioned ?? meant }

  /// `Field 'x' not found`.
  private var quoted: FieldName? {
    guard reason.code != Self.invalidValue else { return nil }
    return quotations.lazy.compactMap(written).first
  }

  /// A name in camel case that stands in the text as it is: prose has none such.
  private var mentioned: FieldName? {
    guard reason.code != Self.invalidValue else { return nil }
    let words = reason.message.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return words.lazy.map { FieldName(String($0)) }
      .first { write.fields[$0] != nil && $0.rawValue.contains(where: \.isUppercase) }
  }

  /// What the code alone says, if but one written field fits.
  private var meant: FieldName? {
    switch Int(reason.code) {
    case 718: only { $0 == ServiceObject.salesPersonKey }
    case 1004: only { $0 == schema.parent?.name || $0 == RoleKey.personField }
    case 1001: only { quotations.contains(write.fields[$0]?.canonicalText ?? "") }
    case 1013: only { links.contains($0) }
    case 1021: only { schema.fields[$0]?.isOfCompany == true }
    default: nil
    }
  }

  /// The keys by which a record points to what must be there; an opportunity's unknown sales person
  /// has a code of its own.
  private var links: [FieldName] {
    if let parent = schema.parent { return [parent.name] }
    if schema.object == .deal { return [ServiceObject.companyKey] }
    return [ServiceObject.companyKey, ServiceObject.salesPersonKey, ServiceObject.opportunityKey]
  }

  /// "Invalid value '%'": the quotation is the value, and the field is not named.
  private static let invalidValue = "1001"

  private var quotations: [String] {
    let parts = reason.message.split(separator: "'", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 && $0 < parts.count - 1 }.map { String(parts[$0]) }
  }

  private func written(_ name: String) -> FieldName? {
    write.fields.keys.first { $0.rawValue.lowercased() == name.lowercased() }
  }

  private func only(_ fits: (FieldName) -> Bool) -> FieldName? {
    let fitting = write.fields.keys.filter(fits)
    return fitting.count == 1 ? fitting.first : nil
  }
}
