/// The entries of the error list that have one cause: the same side, kind, code, field and words.
public struct ErrorCause: Hashable, Sendable {
  public var side: String
  public var kind: String
  public var code: String?
  public var field: String?
  /// The words with what belongs to one record left out.
  public var message: String
  /// The entities of its records, in the order of the alphabet.
  public var entities: [String]
  public var count: Int
  /// How many of them are tried again only once they change, or when a person asks for it.
  public var givenUp: Int
  public var firstAt: String
  public var lastAt: String
  /// When the next of them is tried again by itself; `nil` where all are given up.
  public var nextTry: String?
  /// The newest of them.
  public var example: ListedError

  /// Groups entries by cause, the most frequent first.
  public static func grouped(_ errors: [ListedError]) -> [ErrorCause] {
    var places: [Key: Int] = [:]
    var causes: [ErrorCause] = []
    for error in errors {
      let key = Key(error)
      if let place = places[key] {
        causes[place].add(error)
      } else {
        places[key] = causes.count
        causes.append(ErrorCause(error, message: key.message))
      }
    }
    return causes.sorted { one, other in
      one.count == other.count ? one.firstAt < other.firstAt : one.count > other.count
    }
  }

  private struct Key: Hashable {
    var side, kind: String
    var code, field: String?
    var message: String

    init(_ error: ListedError) {
      side = error.side
      kind = error.kind
      code = error.code?.lowercased()
      field = error.field
      message = MessagePattern.of(error.message, keeping: error.field, error.entity)
    }
  }

  private init(_ error: ListedError, message: String) {
    side = error.side
    kind = error.kind
    code = error.code
    field = error.field
    self.message = message
    entities = [error.entity]
    count = 1
    givenUp = error.retryAt == nil ? 1 : 0
    firstAt = error.firstAt
    lastAt = error.lastAt
    nextTry = error.retryAt
    example = error
  }

  private mutating func add(_ error: ListedError) {
    count += 1
    givenUp += error.retryAt == nil ? 1 : 0
    firstAt = min(firstAt, error.firstAt)
    nextTry = [nextTry, error.retryAt].compactMap(\.self).min()
    if !entities.contains(error.entity) { entities = (entities + [error.entity]).sorted() }
    guard error.lastAt >= lastAt else { return }
    lastAt = error.lastAt
    example = error
  }
}

/// A message without what belongs to one record alone, so that equal causes read alike.
enum MessagePattern {
  /// Quoted values, ids, addresses and long numbers become `…`.
  ///
  /// A quoted name of the pair of fields or of the entity stays.
  static func of(_ message: String, keeping pair: String?, _ entity: String) -> String {
    let names = Set(
      [entity] + (pair ?? "").replacing("__", with: " ").split(separator: " ").map(String.init))
    return message.replacing(/'([^']*)'/) { match in
      names.contains(String(match.1)) ? String(match.0) : "'…'"
    }
    .replacing(/[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}/, with: "…")
    .replacing(/[^\s'"<>(,;]+@[^\s'"<>),;]+/, with: "…")
    .replacing(/[0-9]{4,}/, with: "…")
  }
}
