import Model

extension DynamicsClient {
  /// The path and query of a link that the service gave; throws where it leads to another host.
  ///
  /// The token goes to the organisation alone, whoever asks for it.
  func path(of link: String, attempt: String) throws -> String {
    guard let path = address.pathAndQuery(of: link) else {
      throw ServiceError(
        .unexpectedAnswer, side: .dynamics, attempt: attempt,
        reason: "the service gave a link that leads to another host",
        mend: "set dynamics.url to the host that the service uses for itself")
    }
    return path
  }
}
