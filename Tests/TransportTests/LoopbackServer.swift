import Foundation

/// A server of a few lines on 127.0.0.1 that gives each connection the next answer, then closes it.
final class LoopbackServer: Sendable {
  let port: UInt16
  private let listener: Int32

  /// An empty answer closes the connection without a word.
  init(answers: [String]) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        bind(listener, name, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, name, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRINUSE) }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      for answer in answers { Self.serve(answer, on: listener) }
    }
  }

  func close() { Glibc.close(listener) }

  private static func serve(_ answer: String, on listener: Int32) {
    let connection = accept(listener, nil, nil)
    var request = [UInt8](repeating: 0, count: 65_536)
    _ = read(connection, &request, request.count)
    let bytes = Array(answer.utf8)
    if !bytes.isEmpty { _ = write(connection, bytes, bytes.count) }
    Glibc.close(connection)
  }
}
