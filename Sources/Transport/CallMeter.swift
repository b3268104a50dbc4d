/// Counts the calls that were made to one service, retries included.
public actor CallMeter {
  public private(set) var calls = 0

  public init() {}

  /// Counts one call, just before it is made.
  public func count() { calls += 1 }
}
