import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Gathers one answer, and knows whether the request has begun to leave.
///
/// A class because async-http-client's delegates are; its state is behind a lock because the caller
/// asks from another thread than the one that delivers.
final class ResponseCollector: HTTPClientResponseDelegate {
  private struct State {
    var hasLeft = false
    var head: HTTPResponseHead?
    var body: [UInt8] = []
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether the first byte may have been written to a connection.
  var hasLeft: Bool { state.withLock { $0.hasLeft } }

  func didSendRequestHead(task: HTTPClient.Task<HTTPResponse>, _ head: HTTPRequestHead) {
    state.withLock { $0.hasLeft = true }
  }

  func didReceiveHead(
    task: HTTPClient.Task<HTTPResponse>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    state.withLock { state in
      state.hasLeft = true
      state.head = head
      if let length = head.headers.first(name: "Content-Length").flatMap(Int.init) {
        state.body.reserveCapacity(min(length, limit))
      }
    }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<HTTPResponse>, _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> {
    let isTooLarge = state.withLock { state in
      state.body.append(contentsOf: buffer.readableBytesView)
      return state.body.count > limit
    }
    guard !isTooLarge else { return task.eventLoop.makeFailedFuture(AnswerTooLarge()) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<HTTPResponse>) throws -> HTTPResponse {
    try state.withLock { state in
      guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
      let headers = head.headers.map { HTTPRequest.Header($0.name, $0.value) }
      return HTTPResponse(status: Int(head.status.code), headers: headers, body: state.body)
    }
  }
}

/// An answer that no documented call gives: more bytes than are kept.
struct AnswerTooLarge: Error {}
