import Model
import Synchronization

/// The whole calls that the services refused in one run: what finding out the records to blame may
/// cost, and whether it is any record's fault at all.
///
/// A class, as the batches of a run add to it.
final class RefusedCalls: Sendable {
  /// So many calls of halves may be made for one side: enough to find three to seven among a thousand.
  static let mostHalves = 64
  /// So many records that are refused alone, with one code and none that passes, are not to blame.
  static let mostAlone = 8

  private struct Account {
    var halves = 0
    var alone = 0
    var codes: Set<String?> = []
    var hasPassed = false
  }

  private let accounts = Mutex<[Side: Account]>([:])

  /// Notes a call that the side took, whatever became of its records.
  func pass(_ side: Side) {
    accounts.withLock { $0[side, default: Account()].hasPassed = true }
  }

  /// Whether a refused call may be sent again in halves, which is then counted.
  func mayHalve(_ side: Side) -> Bool {
    accounts.withLock { accounts in
      guard accounts[side, default: Account()].halves < Self.mostHalves else { return false }
      accounts[side, default: Account()].halves += 2
      return true
    }
  }

  /// Counts a call with one record alone that was refused, and tells the trouble of the whole side; `nil`
  /// as long as it may be the record's own.
  func refusedAlone(_ error: ServiceError) -> ServiceError? {
    let account = accounts.withLock { accounts in
      accounts[error.side, default: Account()].alone += 1
      accounts[error.side, default: Account()].codes.insert(error.code)
      return accounts[error.side, default: Account()]
    }
    guard !account.hasPassed, account.alone >= Self.mostAlone, account.codes.count == 1 else {
      return nil
    }
    var whole = error
    whole.reason =
      "\(account.alone) records were refused one by one, and none passed: \(error.reason)"
    whole.mend =
      "it is no single record's fault: look at what stands between, or what the service changed;"
      + " nothing is lost"
    return whole
  }
}
