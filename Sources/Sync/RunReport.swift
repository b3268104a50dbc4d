import Model
import Store

/// How one run ended.
public struct RunReport: Hashable, Sendable {
  public var run: Int64
  public var counts: RunCounts
  /// What is left to do, by the view `backlog`.
  public var backlog: Int
  /// Entries of the error list.
  public var errors: Int
  /// A person asked it to stop before it was done.
  public var wasStopped: Bool
  /// What became of the run's requests, in their order.
  public var requests: [RequestOutcome] = []
  /// What people should look at.
  public var warnings: [RunWarning] = []

  /// Whether everything is in step as of what was read.
  public var isInStep: Bool { backlog == 0 && errors == 0 && !wasStopped }
}

/// Why a run stopped before it wrote anything.
public struct RunError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Another organisation or subscription stands behind a URL.
    case otherPeer
    /// The configuration names something that a service does not have.
    case schema
    /// The plan changes more than the limits allow; its digest allows exactly it.
    case overLimit(digest: String)
    /// A record, person or user that a person named is not known.
    case unknownName
    /// Nobody else stands behind the URL.
    case nothingToAdopt
  }

  public var kind: Kind
  public var reason: String
  public var mend: String

  public init(_ kind: Kind, _ reason: String, mend: String) {
    self.kind = kind
    self.reason = reason
    self.mend = mend
  }
}

extension RunError: CustomStringConvertible {
  public var description: String { "\(reason); \(mend)" }
}
