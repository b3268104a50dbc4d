import ArgumentParser

/// The pause between two runs as it is given on the command line: `--every 5m`.
struct RepetitionInterval: Hashable, Sendable {
  var duration: Duration
}

extension RepetitionInterval: ExpressibleByArgument {
  init?(argument: String) {
    guard let duration = DurationText.duration(argument) else { return nil }
    self.duration = duration
  }
}
