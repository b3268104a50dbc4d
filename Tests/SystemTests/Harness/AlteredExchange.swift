import Synchronization
import Transport

/// A connection whose answers a test alters on their way, and whose requests it counts.
final class AlteredExchange: HTTPExchange {
  typealias Alteration = @Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse

  private struct State {
    var alteration: Alteration?
    var requests: [HTTPRequest] = []
  }

  private let exchange: any HTTPExchange
  private let state = Mutex(State())

  init(_ exchange: any HTTPExchange) { self.exchange = exchange }

  /// From now on answers are altered so; `nil` lets them through.
  func alter(_ alteration: Alteration?) { state.withLock { $0.alteration = alteration } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let answer = try await exchange.send(request)
    let alteration = state.withLock { state in
      state.requests.append(request)
      return state.alteration
    }
    return alteration?(request, answer) ?? answer
  }

  /// What was asked since the last time: the method with the last part of the path, sorted.
  func taken() -> [String] {
    let requests = state.withLock { state in
      defer { state.requests = [] }
      return state.requests
    }
    return requests.map { request in
      let path = request.url.prefix { $0 != "?" }
      return "\(request.method) \(path.split(separator: "/").last ?? "")"
    }.sorted()
  }
}

extension HTTPResponse {
  /// The answer with other words in its body.
  func replacing(_ words: String, with others: String) -> HTTPResponse {
    var answer = self
    answer.body = Array(String(decoding: body, as: UTF8.self).replacing(words, with: others).utf8)
    return answer
  }
}
