/// One path and method of the REST API, and what answers it.
struct MarketoRoute: Sendable {
  /// What a call must carry as its body.
  enum Body: Sendable {
    case none
    /// JSON, or error 612 and 609.
    case json
    /// JSON or nothing.
    case optionalJSON
  }

  /// What answers a call.
  typealias Handler = @Sendable (MarketoCall) throws -> MarketoAnswer

  let method: String
  /// The path, in which `{name}` stands for a name or a number.
  let pattern: [String]
  /// The permission that the API user needs; `nil` where every user may.
  let permission: String?
  let body: Body
  /// Whether it changes something.
  let writes: Bool
  let handler: Handler

  /// A route that reads.
  static func get(
    _ path: String, _ permission: String?, _ handler: @escaping Handler
  ) -> MarketoRoute {
    .init(
      method: "GET", pattern: parts(path), permission: permission.map { "Read-Only " + $0 },
      body: .optionalJSON, writes: false, handler: handler)
  }

  /// A route that writes.
  static func post(
    _ path: String, _ permission: String, body: Body = .json, method: String = "POST",
    _ handler: @escaping Handler
  ) -> MarketoRoute {
    .init(
      method: method, pattern: parts(path), permission: "Read-Write " + permission, body: body,
      writes: true, handler: handler)
  }

  /// The captured parts of a path; `nil` where the path is another.
  func match(_ path: String) -> [String: String]? {
    let segments = Self.parts(path)
    guard segments.count == pattern.count else { return nil }
    var captured: [String: String] = [:]
    for (wanted, segment) in zip(pattern, segments) where wanted != segment {
      guard wanted.hasPrefix("{"), let end = wanted.firstIndex(of: "}") else { return nil }
      let suffix = wanted[wanted.index(after: end)...]
      guard segment.hasSuffix(suffix), segment.count > suffix.count else { return nil }
      captured[String(wanted[wanted.index(after: wanted.startIndex)..<end])] = String(
        segment.dropLast(suffix.count))
    }
    return captured
  }

  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }
}
