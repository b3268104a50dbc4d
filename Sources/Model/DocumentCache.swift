/// Keeps what the services say of their own tables and fields from one run to the next.
///
/// A document is a text under the name of the question that it answers. A conformance promises:
/// - it gives back what was kept last under a name, for a day, and nothing whose time is still to
///   come;
/// - it never throws: what cannot be read or kept is as if it had never been there, and asking the
///   service costs a call and no harm.
public protocol DocumentCache: Sendable {
  /// What was kept under `name`, if it is still good at `now`.
  func document(_ name: String, of side: Side, at now: Instant) -> String?

  /// Keeps a document that was read at `now`.
  func keep(_ text: String, as name: String, of side: Side, at now: Instant)

  /// Forgets every document of a side.
  func dropDocuments(of side: Side)
}
