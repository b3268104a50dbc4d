/// What can be told of the token in a delta link: how far the organisation had come when it was made.
///
/// Dataverse's own form is a version number, then `!` and a time, both escaped (Dataverse Web API,
/// change tracking). A token of another form tells nothing.
struct DeltaToken: Hashable, Sendable {
  /// The organisation's row version at the time; `nil` where the token has another form.
  var version: Int64?

  /// Looks into a delta link; a link to a page within a read has no such token.
  init(inLink link: String) {
    guard let start = link.firstRange(of: "deltatoken=") else { return }
    let token = link[start.upperBound...].prefix { $0 != "&" }
    let digits = token.prefix(while: \.isNumber)
    let rest = token.dropFirst(digits.count)
    guard rest.hasPrefix("!") || rest.hasPrefix("%21") else { return }
    version = Int64(digits)
  }

  /// Whether the organisation stood further here than in `other`; `false` where one does not tell.
  func isLater(than other: DeltaToken) -> Bool {
    guard let version, let earlier = other.version else { return false }
    return version > earlier
  }
}
