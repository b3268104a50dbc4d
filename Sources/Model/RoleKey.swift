/// What makes a person's role in an opportunity the one that it is: the same three are one role.
///
/// Its text is `<opportunity>/<person>/<role>`: the Dynamics derivation has the row's GUID and
/// `<object>/<GUID>` of the person there, Marketo its own `externalOpportunityId` and `leadId`.
public struct RoleKey: Hashable, Sendable {
  public var opportunity: String
  public var person: String
  /// At most 50 characters.
  public var role: String

  public init(opportunity: String, person: String, role: String) {
    self.opportunity = opportunity
    self.person = person
    self.role = role
  }

  /// Reads a Marketo key; `nil` where `text` is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts.contains(where: \.isEmpty) else { return nil }
    self.init(
      opportunity: String(parts[0]), person: String(parts[1]), role: String(parts[2]))
  }

  public var text: String { "\(opportunity)/\(person)/\(role)" }
}
