import Model
import Synchronization
import Testing

@testable import Transport

@Test func `twenty who ask at once cause one request for a token`() async throws {
  let fetches = Mutex(0)
  let cache = TokenCache(renewBefore: .seconds(300), now: { Instant(seconds: 0) }) {
    let number = fetches.withLock { count in
      count += 1
      return count
    }
    for _ in 0..<50 { await Task.yield() }
    return Token("token \(number)", expires: Instant(seconds: 3600))
  }
  let tokens = try await withThrowingTaskGroup(of: String.self) { group in
    for _ in 0..<20 { group.addTask { try await cache.token() } }
    return try await group.reduce(into: Set<String>()) { $0.insert($1) }
  }
  #expect(tokens == ["token 1"])
  #expect(fetches.withLock { $0 } == 1)
}

@Test func `a token is renewed before it expires, and when the service refuses it`() async throws {
  let fetches = Mutex(0)
  let time = Mutex(Instant(seconds: 0))
  let cache = TokenCache(renewBefore: .seconds(300), now: { time.withLock { $0 } }) {
    let number = fetches.withLock { count in
      count += 1
      return count
    }
    return Token("token \(number)", expires: time.withLock { $0 } + 3600)
  }
  var seen = [try await cache.token()]
  time.withLock { $0 = Instant(seconds: 3299) }
  seen.append(try await cache.token())
  time.withLock { $0 = Instant(seconds: 3300) }
  seen.append(try await cache.token())
  await cache.drop("token 1")
  seen.append(try await cache.token())
  await cache.drop("token 2")
  seen.append(try await cache.token())
  #expect(seen == ["token 1", "token 1", "token 2", "token 2", "token 3"])
}

@Test func `those who waited for a token that was refused are refused with it`() async throws {
  struct Refused: Error {}
  let fetches = Mutex(0)
  let cache = TokenCache(renewBefore: .zero, now: { Instant(seconds: 0) }) {
    fetches.withLock { $0 += 1 }
    for _ in 0..<200 { await Task.yield() }
    throw Refused()
  }
  let refusals = await withTaskGroup(of: Bool.self) { group in
    for _ in 0..<10 {
      group.addTask { do { return try await cache.token().isEmpty } catch { return true } }
    }
    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
  }
  #expect(refusals == 10)
  #expect(fetches.withLock { $0 } < 10)
}
