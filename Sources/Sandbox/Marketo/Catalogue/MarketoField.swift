/// One field of an object, as the describe calls tell of it.
struct MarketoField: Hashable, Sendable {
  /// Where a value of the field is kept.
  enum Home: Sendable {
    /// In the object's own row.
    case own
    /// In the row of the person's company.
    case company
    /// It is the key of the person's company.
    case companyKey
    /// It is the person's own id.
    case ownID
    /// It is put together from the first and the last name.
    case composedName
    /// Nowhere: it is listed and never answered.
    case nowhere
  }

  /// Who may write it.
  enum Access: Sendable {
    case writable
    case readOnly
    /// Shown as writable by describe.json, and refused all the same.
    case systemKey
  }

  /// The number that the activity log uses for the field.
  var id: Int64
  /// The REST name.
  var name: String
  var displayName: String
  var type: MarketoFieldType
  var length: Int?
  var access: Access = .writable
  var home: Home = .own
  var isCustom = false
  /// Whether leads.json takes it as a filter, and the sync call as a look-up field.
  var isSearchable = false
  /// What the field holds where nobody wrote it.
  var whenEmpty: MarketoValue = .empty
  /// Whether it is an amount that is kept to the cent and answered as text with two decimals.
  var isShownAsText = false

  /// Whether a caller may write it.
  var isUpdateable: Bool { access == .writable }

  /// Whether its change is logged as Change Score (22) and not as Change Data Value (13).
  var isScore: Bool { type == .score || name == "leadScore" }

  /// The name that the SOAP API had for it.
  var soapName: String { String(displayName.filter { $0 != " " }) }

  /// Reads a value for this field from the input of a call.
  ///
  /// Text past the field's length is refused with error 1001, or cut where `cutting` is set.
  func value(_ json: MarketoJSON, cutting: Bool) throws(MarketoFailure) -> MarketoValue {
    let value = try type.value(json)
    if isShownAsText, case .decimal(let digits) = value {
      return .decimal(MarketoDecimal.rounded(digits, places: 2))
    }
    guard case .text(let text) = value else { return value == .empty ? whenEmpty : value }
    guard type != .text else {
      guard text.utf8.count > 30_000 else { return value }
      throw .value(text, required: type.rawValue)
    }
    guard let length, text.count > length else { return value }
    guard cutting else { throw .value(text, required: "\(type.rawValue)(\(length))") }
    return .text(String(text.prefix(length)))
  }

  /// A value of the field as a query answers it.
  func json(_ value: MarketoValue) -> MarketoJSON {
    guard isShownAsText, case .decimal(let digits) = value else { return value.json }
    return .string(MarketoDecimal.padded(digits, places: 2))
  }
}

extension MarketoField: CustomStringConvertible {
  var description: String { name }
}
