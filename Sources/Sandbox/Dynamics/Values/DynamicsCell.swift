/// One value as it is stored.
enum DynamicsCell: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  /// A text, or null where there is none.
  init(_ text: String?) {
    self = text.map(DynamicsCell.text) ?? .null
  }

  /// The text of a text.
  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// The value of an integer.
  var integer: Int64? {
    guard case .integer(let value) = self else { return nil }
    return value
  }
}
