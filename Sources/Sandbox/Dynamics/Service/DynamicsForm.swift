/// The fields of a form in a request's body.
struct DynamicsForm: Sendable {
  private var fields: [String: String] = [:]

  init(_ bytes: some Sequence<UInt8>) {
    let text = String(decoding: Array(bytes), as: UTF8.self)
    for piece in text.split(separator: "&") {
      let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      fields[DynamicsPercent.decoded(pair[0])] =
        pair.count > 1 ? DynamicsPercent.decoded(pair[1]) : ""
    }
  }

  /// A field's value, or nil where it is missing or empty.
  subscript(name: String) -> String? {
    guard let value = fields[name], !value.isEmpty else { return nil }
    return value
  }
}
