/// One named value of a query or a form.
struct Parameter: Hashable, Sendable {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// A list, in the comma form that Marketo takes.
  ///
  /// A comma inside a value cannot be told from one between two.
  init(_ name: String, list values: [String]) {
    self.init(name, values.joined(separator: ","))
  }
}

extension [Parameter] {
  /// `name=value&…`, percent-encoded: the same text serves a URL and a form.
  var encoded: String {
    map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
  }
}

extension String {
  /// All but letters, digits and `-._~` as `%XX`.
  var percentEncoded: String {
    var bytes: [UInt8] = []
    for byte in utf8 {
      if byte.isUnreserved {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(Self.hexDigits[Int(byte >> 4)])
        bytes.append(Self.hexDigits[Int(byte & 15)])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let hexDigits = Array("0123456789ABCDEF".utf8)
}

extension UInt8 {
  /// Whether RFC 3986 lets the byte stand for itself everywhere in a URL.
  fileprivate var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~".utf8.contains(self)
    }
  }
}
