import Model
import Testing

@testable import Store

/// The services' metadata, kept from run to run.
@Suite struct DocumentTests {
  private static let now = Instant(seconds: 1_767_600_000)

  private func store() throws -> Store {
    let store = try Store.inMemory()
    try store.migrate()
    store.keep("{}", as: "a", of: .dynamics, at: Self.now)
    store.keep("[]", as: "a", of: .marketo, at: Self.now)
    return store
  }

  @Test(arguments: [(0, true), (86_399, true), (86_400, false), (-1, false)])
  func `a document is good for a day, and not before it was read`(_ later: Int, _ isGood: Bool)
    throws
  {
    let found = try store().document("a", of: .dynamics, at: Self.now + Int64(later))
    #expect(found == (isGood ? "{}" : nil))
  }

  @Test func `a newer document takes the place of the older, and old ones go`() throws {
    let store = try store()
    store.keep("{\"b\":1}", as: "b", of: .dynamics, at: Self.now + 50_000)
    store.keep("{\"b\":2}", as: "b", of: .dynamics, at: Self.now + 90_000)

    #expect(
      try store.rows("SELECT side, name, text FROM metadata_document ORDER BY side, name") == [
        ["dynamics", "b", "{\"b\":2}"], ["marketo", "a", "[]"],
      ])
  }

  @Test func `the documents of one side are dropped alone`() throws {
    let store = try store()
    store.dropDocuments(of: .dynamics)

    #expect(store.document("a", of: .dynamics, at: Self.now) == nil)
    #expect(store.document("a", of: .marketo, at: Self.now) == "[]")
  }

  @Test func `a file that cannot be read or written has nothing kept`() throws {
    let store = try Store.inMemory()
    store.keep("{}", as: "a", of: .dynamics, at: Self.now)
    store.dropDocuments(of: .dynamics)

    #expect(store.document("a", of: .dynamics, at: Self.now) == nil)
  }
}
