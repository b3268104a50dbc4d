import Synchronization

/// Collects the statements of a traced connection.
final class StatementLog: Sendable {
  private let mutex = Mutex<[String]>([])

  var statements: [String] { mutex.withLock { $0 } }

  func add(_ statement: String) { mutex.withLock { $0.append(statement) } }
}
