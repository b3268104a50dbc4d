import Transport

/// The parts of a batch's answer, in the order of the requests; fewer where it broke off.
enum BatchResponse {
  /// Reads an answer of `multipart/mixed`; `nil` where it is none.
  ///
  /// A part that is cut off, or that has no readable status line, ends the list: what came after it
  /// is not known.
  static func parts(of response: HTTPResponse) -> [HTTPResponse]? {
    guard let type = response[header: "Content-Type"], let boundary = boundary(in: type) else {
      return nil
    }
    var reader = LineReader(response.body)
    var parts: [HTTPResponse] = []
    var current: [UInt8]?
    while let line = reader.next() {
      guard line.text.hasPrefix("--\(boundary)") else {
        current?.append(contentsOf: line.bytes)
        continue
      }
      if let bytes = current {
        guard let part = part(bytes) else { return parts }
        parts.append(part)
      }
      if line.text.hasPrefix("--\(boundary)--") { return parts }
      current = []
    }
    return parts
  }

  private static func boundary(in type: String) -> String? {
    guard type.lowercased().hasPrefix("multipart/mixed"),
      let match = type.firstMatch(of: /(?i)boundary="?(?<text>[^";\s]+)/)
    else { return nil }
    return String(match.text)
  }

  /// A part's own headers, a blank line, a status line, the answer's headers, a blank line, its body.
  private static func part(_ bytes: [UInt8]) -> HTTPResponse? {
    var reader = LineReader(bytes)
    while let line = reader.next(), !line.text.isEmpty {}
    guard let first = reader.next(), first.text.hasPrefix("HTTP/"),
      let status = first.text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    var headers: [HTTPRequest.Header] = []
    while let line = reader.next(), !line.text.isEmpty {
      guard let colon = line.text.firstIndex(of: ":") else { continue }
      let value = line.text[line.text.index(after: colon)...].drop { $0 == " " }
      headers.append(.init(String(line.text[..<colon]), String(value)))
    }
    return HTTPResponse(status: status, headers: headers, body: reader.rest)
  }
}

/// Goes through bytes line by line; a line ends with CRLF or LF.
private struct LineReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What is left.
  var rest: [UInt8] { Array(bytes[position...]) }

  /// The next line: its text without its end, its bytes with it.
  mutating func next() -> (text: String, bytes: ArraySlice<UInt8>)? {
    guard position < bytes.count else { return nil }
    let start = position
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    position = end
    let line = bytes[start..<end]
    let bare = line.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
    return (String(decoding: bare, as: UTF8.self), line)
  }
}
