import Fakes
import Model
import Testing
import Transport

/// Documents of an earlier run are served until they are doubted.
@Suite struct KeptDocumentsTests {
  private let cache = MemoryDocumentCache()

  private func documents() -> KeptDocuments<String> {
    KeptDocuments(of: .dynamics, in: cache) { Instant(seconds: 1_767_600_000) }
  }

  private func filled() async -> KeptDocuments<String> {
    await documents().keep(["a": 1], as: "one")
    await documents().keep(["b": 2], as: "two")
    return documents()
  }

  @Test func `what one run keeps the next is served`() async {
    let next = await filled()

    #expect(await next.document("one", answering: "1") == ["a": 1])
    #expect(await next.document("three", answering: "3") == nil)
    #expect(await next.forget())
    #expect(cache.names == [])
  }

  @Test func `what was served is asked for once, however many doubt it`() async throws {
    let next = await filled()
    _ = await next.document("one", answering: "1")
    _ = await next.document("two", answering: "2")
    let asked = Asked()
    async let one: Void = next.confirm(reading: asked.answer)
    async let other: Void = next.confirm(reading: asked.answer)
    _ = try await (one, other)

    #expect(await asked.questions == [["1", "2"]])
    #expect(await next.document("one", answering: "1") == nil)
    #expect(await !next.forget())
  }

  @Test func `another answer is a fault, and stays one until all is forgotten`() async throws {
    let next = await filled()
    _ = await next.document("one", answering: "1")
    for _ in 0..<2 {
      let error = await #expect(throws: ServiceError.self) {
        try await next.confirm { _ in [["a": 9]] }
      }
      #expect(error?.kind == .schema(nil))
    }

    #expect(await next.forget())
    try await next.confirm { _ in [["a": 9]] }
    #expect(await !next.forget())
  }

  @Test func `a question that was not answered is asked again`() async throws {
    let next = await filled()
    _ = await next.document("one", answering: "1")
    let trouble = ServiceError(
      .unavailable(retryAfter: nil), side: .dynamics, attempt: "a", reason: "b")

    await #expect(throws: trouble) { try await next.confirm { _ in throw trouble } }
    try await next.confirm { _ in [["a": 1]] }
    #expect(await !next.forget())
  }

  @Test func `without a place to keep them nothing is served`() async {
    let documents = KeptDocuments<String>(of: .dynamics, in: nil) { Instant(seconds: 0) }
    await documents.keep(["a": 1], as: "one")

    #expect(await documents.document("one", answering: "1") == nil)
    #expect(await !documents.forget())
  }
}

/// A service that remembers what it was asked.
private actor Asked {
  var questions: [[String]] = []

  @Sendable func answer(_ calls: [String]) async throws -> [JSON] {
    questions.append(calls)
    await Task.yield()
    return [["a": 1], ["b": 2]]
  }
}
