extension HTTPResponse {
  /// How long the service asks to wait, where `Retry-After` gives whole seconds.
  ///
  /// A date in that header is not read: neither service sends one, and the caller's own back-off then
  /// decides.
  public var retryAfter: Duration? {
    guard let text = self[header: "Retry-After"], let seconds = Int(text), seconds >= 0 else {
      return nil
    }
    return .seconds(seconds)
  }
}
