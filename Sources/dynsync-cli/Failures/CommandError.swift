import Model
import Store
import Sync

/// Why a command ended without its result: the words for people and the status for the shell.
struct CommandError: Error, Hashable, Sendable {
  var status: ExitStatus
  /// Who, what and why, without a full stop.
  var message: String
  /// What to do; `nil` where the message is all there is to say.
  var mend: String?

  init(_ status: ExitStatus, _ message: String, mend: String? = nil) {
    self.status = status
    self.message = message
    self.mend = mend
  }

  /// Puts any error that reached a command into words.
  init(_ error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as ConfigurationError: self.init(.usage, error.message, mend: error.mend)
    case let error as ServiceError: self.init(error)
    case let error as StoreError: self.init(error)
    case let error as RunError:
      let isUsage = [.unknownName, .nothingToAdopt].contains(error.kind)
      self.init(isUsage ? .usage : .stopped, error.reason, mend: error.mend)
    default: self.init(.failed, "\(error)", mend: "run it again; nothing is lost")
    }
  }
}

extension CommandError {
  /// Puts what the database said into words.
  init(_ error: StoreError) {
    var bare = error
    bare.mend = nil
    let status: ExitStatus =
      switch error.kind {
      case .locked, .busy: .later
      case .newerVersion, .readOnly, .damaged: .stopped
      case .cannotOpen, .badQuery, .taken: .usage
      case .full, .refused: .failed
      }
    self.init(status, bare.description, mend: error.mend)
  }
}

extension CommandError {
  /// Puts what a service answered into words; its kind decides the status.
  init(_ error: ServiceError) {
    var bare = error
    bare.mend = nil
    self.init(Self.status(of: error), bare.description, mend: error.mend ?? Self.mend(of: error))
  }

  private static func status(of error: ServiceError) -> ExitStatus {
    switch error.kind {
    case .credentials, .rights, .setup, .schema: .stopped
    case .unavailable, .rateLimited, .quotaExhausted, .timedOut: .later
    case .watermarkExpired, .unexpectedAnswer, .refusedCall: .failed
    }
  }

  private static func mend(of error: ServiceError) -> String {
    switch error.kind {
    case .credentials: "look at the client id and the secret of \(error.side) in dynsync.yaml"
    case .rights: "give the sync user of \(error.side) this right"
    case .setup: "set \(error.side) up for this"
    case .schema: "look at the field map of \(error.side) in dynsync.yaml"
    case .quotaExhausted: "run it again tomorrow; nothing is lost"
    case .unavailable, .rateLimited, .timedOut: later(error.retryAfter)
    case .watermarkExpired: "run it again: it reads everything once more"
    case .unexpectedAnswer, .refusedCall: "run it again; nothing is lost"
    }
  }

  private static func later(_ wait: Duration?) -> String {
    let when = wait.map { "in \(DurationText.text($0))" } ?? "later"
    return "run it again \(when); nothing is lost"
  }
}

extension CommandError: CustomStringConvertible {
  /// What stands on the terminal: `Error: …`, then `Try: …`.
  var description: String {
    mend.map { "Error: \(message)\nTry: \($0)" } ?? "Error: \(message)"
  }
}
