/// A `$batch` request, taken apart (Dataverse Web API, execute batch operations).
struct DynamicsBatch {
  /// One item of a batch.
  enum Item {
    case single(Part)
    case changeSet([Part])
  }

  /// One request inside a batch.
  struct Part {
    var call: DynamicsCall
    /// The URL as it was written, which may begin with a reference such as `$1`.
    var url: String
    var contentID: String?
  }

  let items: [Item]

  /// The number of operations in all.
  var count: Int {
    items.reduce(0) { sum, item in
      if case .changeSet(let parts) = item { return sum + parts.count }
      return sum + 1
    }
  }

  /// Takes a request apart; throws where it is no batch.
  init(_ call: DynamicsCall) throws {
    guard let boundary = Self.boundary(call.headers["content-type"] ?? "") else {
      throw DynamicsFailure(
        400, "0x80060888", "The batch request must have a multipart/mixed content type.")
    }
    var inherited = call.headers
    for name in ["content-type", "content-length", "content-transfer-encoding", "prefer"] {
      inherited[name] = nil
    }
    items = try Self.parts(call.body[...], boundary).map { piece in
      let (headers, body) = Self.headed(piece)
      if let inner = Self.boundary(headers["content-type"] ?? "") {
        return .changeSet(
          try Self.parts(body, inner).map { try Self.part($0, inherited, inChangeSet: true) })
      }
      return .single(try Self.part(piece, inherited, inChangeSet: false))
    }
  }

  private static func part(
    _ piece: ArraySlice<UInt8>, _ inherited: [String: String], inChangeSet: Bool
  ) throws -> Part {
    let (outer, rest) = headed(piece)
    let lineEnd = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    let line = String(decoding: rest[..<lineEnd], as: UTF8.self).trimmingBlanks()
    let words = line.split(separator: " ")
    guard words.count >= 2, outer["content-type"]?.hasPrefix("application/http") == true else {
      throw DynamicsFailure(400, "0x80060888", "A part of the batch is no HTTP request.")
    }
    let (inner, body) = headed(rest[min(lineEnd + 1, rest.endIndex)...])
    let isVersioned = words.last?.hasPrefix("HTTP/") == true
    let url = words.dropFirst().dropLast(isVersioned ? 1 : 0).joined(separator: " ")
    let method = String(words[0]).uppercased()
    guard !inChangeSet || method != "GET" else {
      throw DynamicsFailure(
        400, "0x80060888", "A change set cannot contain a GET request.")
    }
    let call = DynamicsCall(
      method: method, path: "", query: "",
      headers: inherited.merging(inner) { _, own in own }, body: Array(body))
    return Part(call: call, url: url, contentID: outer["content-id"] ?? inner["content-id"])
  }

  /// The boundary of a multipart content type, quoted or not.
  private static func boundary(_ type: String) -> String? {
    guard type.lowercased().hasPrefix("multipart/mixed"),
      let start = type.firstRange(of: "boundary=")?.upperBound
    else { return nil }
    let value = type[start...].prefix { $0 != ";" }
    return value.trimmingBlanks().trimmingQuotes()
  }

  /// The bodies between the boundaries, without the line end in front of the next boundary.
  private static func parts(_ bytes: ArraySlice<UInt8>, _ boundary: String) throws
    -> [ArraySlice<UInt8>]
  {
    let mark = Array("--\(boundary)".utf8)
    var parts: [ArraySlice<UInt8>] = []
    var start: Int?
    var line = bytes.startIndex
    while line < bytes.endIndex {
      let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.endIndex
      if bytes[line..<end].starts(with: mark) {
        if let start { parts.append(trimmed(bytes[start..<line])) }
        let isLast = bytes[(line + mark.count)..<end].starts(with: [0x2D, 0x2D])
        start = min(end + 1, bytes.endIndex)
        if isLast { return parts }
      }
      line = min(end + 1, bytes.endIndex)
      if end == bytes.endIndex { break }
    }
    throw DynamicsFailure(400, "0x80060888", "The batch does not end with its boundary.")
  }

  private static func trimmed(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var part = part
    if part.last == 0x0A { part.removeLast() }
    if part.last == 0x0D { part.removeLast() }
    return part
  }

  /// The headers at the head of a text under lower-case names, and what follows the empty line.
  private static func headed(_ bytes: ArraySlice<UInt8>)
    -> (headers: [String: String], rest: ArraySlice<UInt8>)
  {
    var headers: [String: String] = [:]
    var line = bytes.startIndex
    while line < bytes.endIndex {
      let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.endIndex
      let text = String(decoding: bytes[line..<end], as: UTF8.self).trimmingBlanks()
      line = min(end + 1, bytes.endIndex)
      if text.isEmpty { break }
      let pair = text.split(separator: ":", maxSplits: 1)
      guard pair.count == 2 else { continue }
      headers[pair[0].lowercased()] = pair[1].trimmingBlanks()
    }
    return (headers, bytes[line...])
  }
}
