import ArgumentParser

/// What a command tells the shell when it ends; a written contract for scripts and cron.
enum ExitStatus: Int32, Sendable, CaseIterable {
  /// The backlog is empty as of the pulls: everything is in step.
  case inStep = 0
  /// The run failed; nothing is lost, run it again.
  case failed = 1
  /// The run finished and something is left, which `status` tells.
  case unfinished = 2
  /// Stopped before writing: a person must look.
  case stopped = 3
  /// Wrong usage or configuration.
  case usage = 64
  /// Another run holds the lock, or a service is unavailable: try later.
  case later = 75

  /// What to throw where there is nothing more to say.
  var code: ExitCode { ExitCode(rawValue) }

  /// Whether trying again is of no use before a person acted.
  var needsPerson: Bool { self == .stopped || self == .usage }
}
