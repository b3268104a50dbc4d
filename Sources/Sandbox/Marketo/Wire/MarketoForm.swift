/// The name-value pairs of a query string or of a form body, in their order.
struct MarketoForm: Hashable, Sendable {
  /// One pair, decoded.
  struct Pair: Hashable, Sendable {
    var name: String
    var value: String
  }

  var pairs: [Pair]

  /// Reads `application/x-www-form-urlencoded` text.
  ///
  /// Marketo ignores a parameter that stands without a value, so it is left out here.
  init(reading text: some StringProtocol) {
    pairs = text.split(separator: "&").compactMap { part in
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[1].isEmpty else { return nil }
      return Pair(name: Self.decode(halves[0]), value: Self.decode(halves[1]))
    }
  }

  /// The first value under a name.
  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// All values under a name, whether repeated or separated by commas.
  func list(_ name: String) -> [String] {
    pairs.filter { $0.name == name }
      .flatMap { $0.value.split(separator: ",").map(String.init) }
  }

  private static func decode(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        out.append(byte)
        index += 3
      } else {
        out.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
