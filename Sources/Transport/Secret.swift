/// A text that must never be seen: a client secret, a password, a token.
///
/// Printing, interpolating or dumping it shows `[hidden]`.
public struct Secret: Hashable, Sendable {
  /// The text itself, for the one request that needs it.
  public let revealed: String

  public init(_ text: String) { revealed = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "[hidden]" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
