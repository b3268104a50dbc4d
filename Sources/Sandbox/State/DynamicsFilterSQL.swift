import GRDB

/// Turns a filter into an SQL condition over one table.
struct DynamicsFilterSQL {
  private let table: DynamicsTable
  private(set) var arguments: [DatabaseValue] = []

  init(_ table: DynamicsTable) { self.table = table }

  /// The condition; its values are in ``arguments``.
  mutating func condition(_ filter: DynamicsFilter) throws -> String {
    switch filter {
    case .all(let parts):
      return "(" + (try parts.map { try condition($0) }).joined(separator: " AND ") + ")"
    case .any(let parts):
      return "(" + (try parts.map { try condition($0) }).joined(separator: " OR ") + ")"
    case .not(let inner): return "NOT IFNULL(\(try condition(inner)), 0)"
    case .compare(let left, let comparison, let right):
      return try compare(left, comparison, right)
    case .text(let test, let property, let text): return try like(test, property, text)
    case .isIn(let property, let values, let isNegated):
      return try isIn(property, values, isNegated)
    case .containsAny(let property, let values, let isNegated):
      return try containsAny(property, values, isNegated)
    }
  }

  private mutating func compare(
    _ left: DynamicsFilter.Operand, _ comparison: DynamicsFilter.Comparison,
    _ right: DynamicsFilter.Operand
  ) throws -> String {
    switch (left, right) {
    case (.property(let property), .literal(let literal)):
      return try compare(property, comparison, literal)
    case (.literal(let literal), .property(let property)):
      return try compare(property, Self.mirrored(comparison), literal)
    case (.property(let first), .property(let second)):
      return "\(try name(column(first))) \(Self.symbol(comparison)) \(try name(column(second)))"
    case (.literal, .literal):
      throw DynamicsFailure.query("A comparison of two constants is not supported.")
    }
  }

  private mutating func compare(
    _ property: String, _ comparison: DynamicsFilter.Comparison, _ literal: DynamicsFilter.Literal
  ) throws -> String {
    let column = try column(property)
    let name = name(column)
    if case .null = literal {
      return switch comparison {
      case .eq: "\(name) IS NULL"
      case .ne: "\(name) IS NOT NULL"
      default: "0"
      }
    }
    arguments.append(try value(literal, for: column).databaseValue)
    guard comparison == .ne else { return "\(name) \(Self.symbol(comparison)) ?" }
    return "(\(name) IS NULL OR \(name) <> ?)"
  }

  private mutating func like(
    _ test: DynamicsFilter.TextTest, _ property: String, _ text: String
  ) throws -> String {
    let column = try column(property)
    switch column.kind {
    case .text, .memo: break
    default: throw DynamicsFailure.query("\(test.rawValue) takes a text column.")
    }
    var pattern = ""
    for character in text {
      if "%_\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    if test != .startswith { pattern = "%" + pattern }
    if test != .endswith { pattern += "%" }
    arguments.append(pattern.databaseValue)
    return "\(name(column)) LIKE ? ESCAPE '\\'"
  }

  private mutating func isIn(
    _ property: String, _ values: [String], _ isNegated: Bool
  ) throws -> String {
    let column = try column(property)
    for text in values {
      arguments.append(try value(Self.literal(text, for: column), for: column).databaseValue)
    }
    let list = values.map { _ in "?" }.joined(separator: ", ")
    return "\(name(column)) \(isNegated ? "NOT IN" : "IN") (\(list))"
  }

  private mutating func containsAny(
    _ property: String, _ values: [String], _ isNegated: Bool
  ) throws -> String {
    let name = name(try column(property))
    let tests = values.map { text in
      arguments.append("%,\(text),%".databaseValue)
      return "',' || \(name) || ',' LIKE ?"
    }
    let any = "(" + tests.joined(separator: " OR ") + ")"
    return isNegated ? "NOT IFNULL(\(any), 0)" : any
  }

  private func column(_ property: String) throws -> DynamicsColumn {
    if let column = table.properties[property] { return column }
    let path = property.split(separator: "/").map(String.init)
    guard path.count == 2, let navigation = table.navigations[path[0]]?.first else {
      throw DynamicsFailure.unknownProperty(property, type: table.name)
    }
    let isKey =
      path[1] == navigation.target.table + "id" || path[1] == "ownerid" && path[0] == "ownerid"
    guard isKey else { throw DynamicsFailure.unsupported("filter on the columns of related rows") }
    return navigation.column
  }

  private func name(_ column: DynamicsColumn) -> String { DynamicsSchema.quoted(column.name) }

  private static func symbol(_ comparison: DynamicsFilter.Comparison) -> String {
    switch comparison {
    case .eq: "="
    case .ne: "<>"
    case .gt: ">"
    case .ge: ">="
    case .lt: "<"
    case .le: "<="
    }
  }

  private static func mirrored(_ comparison: DynamicsFilter.Comparison)
    -> DynamicsFilter.Comparison
  {
    switch comparison {
    case .gt: .lt
    case .ge: .le
    case .lt: .gt
    case .le: .ge
    case .eq, .ne: comparison
    }
  }

  private static func literal(_ text: String, for column: DynamicsColumn)
    -> DynamicsFilter.Literal
  {
    switch column.kind {
    case .text, .memo, .options: .string(text)
    case .identifier, .lookup: .guid(text.lowercased())
    case .moment: .moment(text)
    case .boolean: .boolean(text == "true" || text == "1")
    default: .number(text)
    }
  }

  private func value(_ literal: DynamicsFilter.Literal, for column: DynamicsColumn) throws
    -> DynamicsCell
  {
    switch (literal, column.kind) {
    case (.string(let text), .text), (.string(let text), .memo), (.string(let text), .options):
      return .text(text)
    case (.guid(let id), .identifier), (.guid(let id), .lookup): return .text(id)
    case (.guid(let id), .text), (.guid(let id), .memo): return .text(id)
    case (.string(let text), .identifier), (.string(let text), .lookup):
      if let id = DynamicsGUID.parse(text) { return .text(id) }
    case (.boolean(let flag), .boolean): return .integer(flag ? 1 : 0)
    case (.moment(let text), .moment(.dateOnly)): return .text(String(text.prefix(10)))
    case (.moment(let text), .moment):
      if let second = DynamicsInstant.parse(text) { return .text(DynamicsInstant.text(second)) }
    case (.number(let text), let kind):
      if let cell = Self.number(text, kind) { return cell }
    default: break
    }
    throw DynamicsFailure.query(
      "A binary operator with incompatible types was detected. Found operand types "
        + "'\(column.edmName)' and '\(literal.edmName)' for operator kind 'Equal'.")
  }

  private static func number(_ text: String, _ kind: DynamicsColumn.Kind) -> DynamicsCell? {
    switch kind {
    case .money:
      DynamicsDecimal.scaled(text, scale: DynamicsDecimal.moneyScale).map(DynamicsCell.integer)
    case .decimal(let scale, _):
      DynamicsDecimal.scaled(text, scale: scale).map(DynamicsCell.integer)
    case .double: Double(text).map(DynamicsCell.real)
    case .integer, .bigInt, .option, .state, .status:
      DynamicsDecimal.whole(text).map(DynamicsCell.integer) ?? Double(text).map(DynamicsCell.real)
    default: nil
    }
  }
}
