/// What an import did, by table.
public struct ImportSummary: Hashable, Sendable {
  /// How many rows were added, by the table's logical name.
  public internal(set) var added: [String: Int]
  /// How many rows stood already and were left as they are, by the table's logical name.
  public internal(set) var standing: [String: Int]

  public init(added: [String: Int] = [:], standing: [String: Int] = [:]) {
    self.added = added
    self.standing = standing
  }
}
