import GRDB

/// One entry of the error list, as people see it.
public struct ListedError: Hashable, Sendable {
  public var entity: String
  public var dynamicsID: String
  public var marketoID: String?
  public var side: String
  public var kind: String
  /// The pair of fields; `nil` for the whole record.
  public var field: String?
  public var code: String?
  public var message: String
  public var requestID: String?
  /// Side and id of each record that could be meant.
  public var candidates: String?
  public var tries: Int
  public var firstAt: String
  public var lastAt: String
  /// When it is tried again by itself; `nil`: given up until it changes.
  public var retryAt: String?

  public init(
    entity: String, dynamicsID: String, marketoID: String? = nil, side: String, kind: String,
    field: String? = nil, code: String? = nil, message: String, requestID: String? = nil,
    candidates: String? = nil, tries: Int = 1, firstAt: String, lastAt: String,
    retryAt: String? = nil
  ) {
    self.entity = entity
    self.dynamicsID = dynamicsID
    self.marketoID = marketoID
    self.side = side
    self.kind = kind
    self.field = field
    self.code = code
    self.message = message
    self.requestID = requestID
    self.candidates = candidates
    self.tries = tries
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.retryAt = retryAt
  }
}

/// Which entries of the error list are wanted; `nil` means any.
public struct ErrorFilter: Hashable, Sendable {
  public var entity: String?
  /// A side's raw value.
  public var side: String?
  /// Ids of records, of either side.
  public var records: [String]?

  public init(entity: String? = nil, side: String? = nil, records: [String]? = nil) {
    self.entity = entity
    self.side = side
    self.records = records
  }
}

extension Reader {
  /// The wanted entries of the error list, the oldest first.
  public func errors(_ filter: ErrorFilter = ErrorFilter()) throws -> [ListedError] {
    let marks = placeholders(filter.records?.count ?? 0)
    let conditions = [
      filter.entity.map { _ in "entity = ?" }, filter.side.map { _ in "side = ?" },
      filter.records.map { _ in "(dynamics_id IN (\(marks)) OR marketo_id IN (\(marks)))" },
    ].compactMap(\.self)
    let records = filter.records ?? []
    let values = [filter.entity, filter.side].compactMap(\.self) + records + records
    return try read("read the error list") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT * FROM errors WHERE \((["1"] + conditions).joined(separator: " AND "))
            """), arguments: StatementArguments(values)
      ).map { ListedError($0) }
    }
  }
}

extension ListedError {
  fileprivate init(_ row: Row) {
    self.init(
      entity: row["entity"], dynamicsID: row["dynamics_id"], marketoID: row["marketo_id"],
      side: row["side"], kind: row["kind"], field: row["field"], code: row["code"],
      message: row["message"], requestID: row["request_id"], candidates: row["candidates"],
      tries: row["tries"], firstAt: row["first_at"], lastAt: row["last_at"],
      retryAt: row["retry_at"])
  }
}
