/// One column's value as a seeder gives it.
public enum SandboxValue: Sendable, Hashable {
  case null
  case text(String)
  case integer(Int64)
  /// An exact decimal in JSON's notation, such as `125000.50`.
  case decimal(String)
  case boolean(Bool)
  /// The row that a look-up column points at.
  case reference(table: String, id: String)
}
