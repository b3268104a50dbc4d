/// Reads a `$filter` (Dataverse Web API, filter rows).
struct DynamicsFilterParser {
  private let text: String
  private let tokens: [DynamicsToken]
  private var index = 0

  /// Takes the text apart; throws where a literal does not end.
  init(_ text: String) throws {
    self.text = text
    tokens = try DynamicsToken.split(text)
  }

  /// Reads the whole filter; throws at the first place that cannot be read.
  static func parse(_ text: String) throws -> DynamicsFilter {
    var parser = try DynamicsFilterParser(text)
    let filter = try parser.alternatives()
    guard parser.index == parser.tokens.count else { throw parser.syntaxError }
    return filter
  }

  private var current: DynamicsToken? { index < tokens.count ? tokens[index] : nil }

  private var syntaxError: DynamicsFailure {
    .query("Syntax error at position \(current?.position ?? text.count) in '\(text)'.")
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard case .word(word) = current?.kind else { return false }
    index += 1
    return true
  }

  private mutating func takeMark(_ mark: Character) -> Bool {
    guard case .mark(mark) = current?.kind else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ mark: Character) throws {
    guard takeMark(mark) else { throw syntaxError }
  }

  private mutating func alternatives() throws -> DynamicsFilter {
    var parts = [try conjunction()]
    while takeWord("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws -> DynamicsFilter {
    var parts = [try negation()]
    while takeWord("and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws -> DynamicsFilter {
    if takeWord("not") { return .not(try negation()) }
    if takeMark("(") {
      let inner = try alternatives()
      try expect(")")
      return inner
    }
    return try predicate()
  }

  private mutating func predicate() throws -> DynamicsFilter {
    if case .word(let word) = current?.kind, index + 1 < tokens.count,
      case .mark("(") = tokens[index + 1].kind
    {
      index += 2
      return try function(word)
    }
    let left = try operand()
    guard case .word(let word) = current?.kind,
      let comparison = DynamicsFilter.Comparison(rawValue: word)
    else { throw syntaxError }
    index += 1
    return .compare(left, comparison, try operand())
  }

  private mutating func operand() throws -> DynamicsFilter.Operand {
    guard let token = current else { throw syntaxError }
    index += 1
    switch token.kind {
    case .string(let text): return .literal(.string(text))
    case .word(let word): return Self.operand(word)
    case .mark:
      index -= 1
      throw syntaxError
    }
  }

  private static func operand(_ word: String) -> DynamicsFilter.Operand {
    switch word {
    case "null": return .literal(.null)
    case "true": return .literal(.boolean(true))
    case "false": return .literal(.boolean(false))
    default: break
    }
    if let guid = DynamicsGUID.parse(word) { return .literal(.guid(guid)) }
    guard let first = word.first, first.isNumber || first == "-" else { return .property(word) }
    if Double(word) != nil { return .literal(.number(word)) }
    return DynamicsInstant.parse(word) == nil ? .property(word) : .literal(.moment(word))
  }

  private mutating func function(_ name: String) throws -> DynamicsFilter {
    if let test = DynamicsFilter.TextTest(rawValue: name) {
      guard case .property(let property) = try operand() else { throw syntaxError }
      try expect(",")
      guard case .literal(.string(let text)) = try operand() else { throw syntaxError }
      try expect(")")
      return .text(test, property: property, text)
    }
    let prefix = "Microsoft.Dynamics.CRM."
    guard name.hasPrefix(prefix) else {
      throw DynamicsFailure.query("An unknown function with name '\(name)' was found.")
    }
    let (property, values) = try queryFunctionArguments()
    switch name.dropFirst(prefix.count) {
    case "In": return .isIn(property: property, values, isNegated: false)
    case "NotIn": return .isIn(property: property, values, isNegated: true)
    case "ContainValues": return .containsAny(property: property, values, isNegated: false)
    case "DoesNotContainValues": return .containsAny(property: property, values, isNegated: true)
    default: throw DynamicsFailure.unsupported("query function '\(name)'")
    }
  }

  private mutating func queryFunctionArguments() throws -> (String, [String]) {
    var property: String?
    var values: [String] = []
    repeat {
      guard case .word(let name) = current?.kind else { throw syntaxError }
      index += 1
      try expect("=")
      if takeMark("[") {
        while !takeMark("]") {
          guard case .string(let value) = current?.kind else { throw syntaxError }
          values.append(value)
          index += 1
          _ = takeMark(",")
        }
      } else if case .string(let value) = current?.kind {
        index += 1
        if name == "PropertyName" { property = value } else { values.append(value) }
      } else {
        throw syntaxError
      }
    } while takeMark(",")
    try expect(")")
    guard let property else { throw syntaxError }
    return (property, values)
  }
}
