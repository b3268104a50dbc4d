/// The root of a service: scheme, host, port and perhaps a path, without a trailing slash.
///
/// `http` is refused except on loopback: a token must not travel in the clear.
public struct ServiceAddress: Hashable, Sendable {
  /// Scheme, host and port, in lower case, as in `https://orgacme.crm4.dynamics.com`.
  public let origin: String
  /// The host alone.
  public let host: String
  /// What follows the origin, without a trailing slash; empty for a bare root.
  public let path: String

  public init(_ text: String) throws {
    guard let parts = Self.parts(of: text), !parts.rest.contains("?"), !parts.rest.contains("#")
    else { throw AddressRefused(reason: "is not an address like https://host") }
    guard parts.isSecure || Self.loopback.contains(parts.host) else {
      throw AddressRefused(reason: "must begin with https://; http:// is for loopback alone")
    }
    (origin, host) = (parts.origin, parts.host)
    path = String(parts.rest.reversed().drop { $0 == "/" }.reversed())
  }

  /// The whole address, without a trailing slash.
  public var text: String { origin + path }

  /// The path and query of `link` if it leads to this very origin; `nil` for any other place.
  ///
  /// A link that begins with a slash is one of ours.
  public func pathAndQuery(of link: String) -> String? {
    if link.hasPrefix("/"), !link.hasPrefix("//") { return link }
    guard let parts = Self.parts(of: link), parts.origin == origin else { return nil }
    return parts.rest.isEmpty ? "/" : parts.rest
  }

  private static let loopback: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

  private struct Parts {
    var origin: String
    var host: String
    var isSecure: Bool
    var rest: String
  }

  private static func parts(of text: String) -> Parts? {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let tail = text[mark.upperBound...]
    let authority = tail.prefix { !"/?#".contains($0) }.lowercased()
    let (host, port) = split(authority)
    guard !host.isEmpty, !host.contains(where: { "@\\ %".contains($0) }),
      port.map({ UInt16($0) != nil }) ?? true
    else { return nil }
    let standard = scheme == "https" ? "443" : "80"
    let origin = "\(scheme)://\(host)" + (port.map { $0 == standard ? "" : ":\($0)" } ?? "")
    return Parts(
      origin: origin, host: host, isSecure: scheme == "https",
      rest: String(tail.dropFirst(authority.count)))
  }

  private static func split(_ authority: String) -> (host: String, port: String?) {
    let start = authority.firstIndex(of: "]") ?? authority.startIndex
    guard let colon = authority[start...].firstIndex(of: ":") else { return (authority, nil) }
    return (String(authority[..<colon]), String(authority[authority.index(after: colon)...]))
  }
}

/// Why an address cannot be used; the words follow the name of the setting.
public struct AddressRefused: Error, Hashable, Sendable, CustomStringConvertible {
  public var reason: String
  public var description: String { reason }
}
