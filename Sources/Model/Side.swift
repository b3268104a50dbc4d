/// One of the two services that dynsync keeps in step.
public enum Side: String, Sendable, Hashable, CaseIterable {
  case dynamics
  case marketo

  /// The other service.
  public var opposite: Side { self == .dynamics ? .marketo : .dynamics }
}

extension Side: CustomStringConvertible {
  public var description: String { rawValue }
}
