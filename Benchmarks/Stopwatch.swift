/// Takes times by the machine's steady clock.
enum Stopwatch {
  /// The seconds that `body` took.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start).inSeconds
  }

  /// The seconds that `body` took.
  static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return (clock.now - start).inSeconds
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

extension [Double] {
  /// The middle one: what a bench reports of several rounds.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
