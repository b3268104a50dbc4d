/// A `$filter` as it was written, with properties still unresolved.
indirect enum DynamicsFilter: Sendable {
  case all([DynamicsFilter])
  case any([DynamicsFilter])
  case not(DynamicsFilter)
  case compare(Operand, Comparison, Operand)
  case text(TextTest, property: String, String)
  /// The query functions `In` and `NotIn`.
  case isIn(property: String, [String], isNegated: Bool)
  /// The query functions `ContainValues` and `DoesNotContainValues`.
  case containsAny(property: String, [String], isNegated: Bool)

  /// The comparison operators.
  enum Comparison: String, Sendable {
    case eq, ne, gt, ge, lt, le
  }

  /// The text functions.
  enum TextTest: String, Sendable {
    case contains, startswith, endswith
  }

  /// One side of a comparison.
  enum Operand: Sendable {
    case property(String)
    case literal(Literal)
  }

  /// A constant.
  enum Literal: Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case guid(String)
    /// A day or a second, as written.
    case moment(String)

    /// The name of the constant's type in error texts.
    var edmName: String {
      switch self {
      case .null: "Edm.Null"
      case .boolean: "Edm.Boolean"
      case .number: "Edm.Int32"
      case .string: "Edm.String"
      case .guid: "Edm.Guid"
      case .moment: "Edm.DateTimeOffset"
      }
    }
  }
}
