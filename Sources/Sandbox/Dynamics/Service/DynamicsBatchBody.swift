/// The multipart answer to a batch, put together part by part.
struct DynamicsBatchBody {
  private let boundary: String
  private let identify: () -> String
  private var bytes: [UInt8] = []

  init(boundary: String, identify: @escaping () -> String) {
    self.boundary = boundary
    self.identify = identify
  }

  /// Adds the answer to a single part.
  mutating func add(_ answer: DynamicsAnswer, contentID: String?) {
    write("--\(boundary)\r\n")
    write(answer, contentID)
  }

  /// Adds the answers to the parts of a change set.
  mutating func addChangeSet(_ answers: [(DynamicsAnswer, String?)]) {
    let inner = "changesetresponse_\(identify())"
    write("--\(boundary)\r\nContent-Type: multipart/mixed; boundary=\(inner)\r\n\r\n")
    for (answer, contentID) in answers {
      write("--\(inner)\r\n")
      write(answer, contentID)
    }
    write("--\(inner)--\r\n")
  }

  /// The whole answer.
  func finished(status: Int) -> DynamicsAnswer {
    DynamicsAnswer(
      status: status,
      headers: [(name: "Content-Type", value: "multipart/mixed; boundary=\(boundary)")],
      body: bytes + Array("--\(boundary)--\r\n".utf8))
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }

  private mutating func write(_ answer: DynamicsAnswer, _ contentID: String?) {
    write("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n")
    if let contentID { write("Content-ID: \(contentID)\r\n") }
    write("\r\nHTTP/1.1 \(answer.status) \(DynamicsAnswer.phrase(answer.status))\r\n")
    for header in answer.headers { write("\(header.name): \(header.value)\r\n") }
    if answer.status >= 400 { write("REQ_ID: \(identify())\r\n") }
    write("OData-Version: 4.0\r\n\r\n")
    bytes += answer.body
    write("\r\n")
  }
}
