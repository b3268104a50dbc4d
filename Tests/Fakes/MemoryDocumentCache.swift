import Model
import Synchronization

/// Metadata documents in memory, good for ever.
package final class MemoryDocumentCache: DocumentCache {
  private struct Key: Hashable {
    var side: Side
    var name: String
  }

  private let documents = Mutex<[Key: String]>([:])

  package init() {}

  /// The names that something is kept under, sorted.
  package var names: [String] { documents.withLock { $0.keys.map(\.name).sorted() } }

  package func document(_ name: String, of side: Side, at now: Instant) -> String? {
    documents.withLock { $0[Key(side: side, name: name)] }
  }

  package func keep(_ text: String, as name: String, of side: Side, at now: Instant) {
    documents.withLock { $0[Key(side: side, name: name)] = text }
  }

  package func dropDocuments(of side: Side) {
    documents.withLock { all in all = all.filter { $0.key.side != side } }
  }
}
