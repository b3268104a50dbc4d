/// How far a feed has been read, in the side's own opaque text.
public struct Watermark: Hashable, Sendable {
  /// The side's words, kept byte for byte; only its connector reads them.
  public var text: String
  /// `true` at the end of a feed; `false` between two pages, from which a killed run goes on.
  public var isComplete: Bool

  public init(_ text: String, isComplete: Bool) {
    self.text = text
    self.isComplete = isComplete
  }
}
