/// Evaluates a `$filter` over metadata, which knows comparisons of a property with a constant.
enum DynamicsMetadataFilter {
  /// Whether the item passes; throws at what metadata cannot be filtered by.
  static func matches(_ item: DynamicsJSON, _ filter: DynamicsFilter) throws -> Bool {
    switch filter {
    case .all(let parts): return try parts.allSatisfy { try matches(item, $0) }
    case .any(let parts): return try parts.contains { try matches(item, $0) }
    case .not(let inner): return try !matches(item, inner)
    case .compare(.property(let path), .eq, let operand):
      return text(try value(path, of: item)) == text(operand)
    case .compare(.property(let path), .ne, let operand):
      return text(try value(path, of: item)) != text(operand)
    default: throw DynamicsFailure.unsupported("such a $filter on metadata")
    }
  }

  private static func value(_ path: String, of item: DynamicsJSON) throws -> DynamicsJSON {
    var value = item
    for name in path.split(separator: "/") {
      guard let inner = value[String(name)] else {
        throw DynamicsFailure.unknownProperty(path, type: "MetadataBase")
      }
      value = inner
    }
    return value
  }

  private static func text(_ value: DynamicsJSON) -> String {
    value.string ?? String(decoding: value.bytes, as: UTF8.self)
  }

  private static func text(_ operand: DynamicsFilter.Operand) -> String {
    switch operand {
    case .property(let name): name
    case .literal(.null): "null"
    case .literal(.boolean(let flag)): flag ? "true" : "false"
    case .literal(.number(let text)), .literal(.string(let text)), .literal(.guid(let text)),
      .literal(.moment(let text)):
      text
    }
  }
}
