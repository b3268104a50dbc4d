/// One row of a Dynamics table, by the table's and the columns' logical names.
public struct SampleRow: Hashable, Sendable {
  /// The table, such as `contact`.
  public let table: String
  /// The row's GUID, in lower case.
  public let id: String
  /// The columns that are filled; look-ups by the column's own name, such as `ownerid`.
  public internal(set) var values: [String: SandboxValue]

  /// The text in a column; `nil` where the column is empty or holds no text.
  public func text(_ column: String) -> String? {
    if case .text(let text) = values[column] { text } else { nil }
  }

  /// The row as a look-up names it.
  public var reference: SandboxValue { .reference(table: table, id: id) }
}

/// A lead that was qualified long ago, and what it became.
public struct SampleQualification: Hashable, Sendable {
  /// The GUID of the lead.
  public let lead: String
  /// The GUID of the contact, whose `originatingleadid` is the lead.
  public let contact: String
  /// The GUID of the contact's account.
  public let account: String
}

/// A lead that was merged into another.
public struct SampleMerge: Hashable, Sendable {
  /// The GUID of the lead that is inactive now.
  public let loser: String
  /// The GUID of the lead that stayed.
  public let winner: String
}

/// One person that only Marketo knows so far.
public struct SamplePerson: Hashable, Sendable {
  /// What a match by e-mail must find for the person.
  public enum Match: Hashable, Sendable {
    /// Exactly one row in Dynamics, and no other person has the address.
    case one(table: String, id: String)
    /// One row in Dynamics, but another person has the address too.
    case ambiguous(table: String, id: String)
    /// Nothing.
    case none
  }

  /// The fields that are filled, by REST name.
  public let values: [String: SandboxValue]
  public let match: Match
}
