import GRDB

/// Writes rows without HTTP, through the same code and rules as the Web API.
public struct DynamicsSeeding {
  private let session: DynamicsSession

  init(_ session: DynamicsSession) { self.session = session }

  /// Adds a row with a chosen id; the columns go by their logical names.
  ///
  /// A look-up is a ``SandboxValue/reference(table:id:)``; `overriddencreatedon` sets the time of
  /// the creation. Throws a ``DynamicsSeedingError`` at what the service would refuse.
  public func insert(table: String, id: String, values: [String: SandboxValue]) throws {
    let table = try found(table)
    try worded { _ = try session.insert(table, try body(table, values), id: id.lowercased()) }
  }

  /// Changes columns of a row that exists.
  public func update(table: String, id: String, values: [String: SandboxValue]) throws {
    let table = try found(table)
    try worded { try session.update(table, id.lowercased(), try body(table, values)) }
  }

  /// Deletes a row.
  public func delete(table: String, id: String) throws {
    let table = try found(table)
    try worded {
      guard try session.rows.version(table, id.lowercased()) != nil else {
        throw DynamicsFailure.missing(table.name, id)
      }
      try session.remove(table, id.lowercased())
    }
  }

  /// Qualifies a lead into a contact with a chosen id, and an account where an id is given.
  public func qualify(lead: String, contact: String, account: String? = nil) throws {
    try worded {
      let wish = DynamicsQualification(
        makesAccount: account != nil, accountID: account?.lowercased(),
        contactID: contact.lowercased())
      _ = try session.qualify(lead.lowercased(), wish)
    }
  }

  /// Wins or loses an open opportunity.
  ///
  /// - Parameters:
  ///   - opportunity: The row's id.
  ///   - isWon: Whether it was won; lost otherwise.
  ///   - revenue: What was sold, as a plain decimal number; nil for the estimate where it was won,
  ///     and nothing where it was lost.
  ///   - day: The day of the end, such as `2026-01-31`; nil for the day of the write.
  /// - Throws: A ``DynamicsSeedingError`` at what the service would refuse.
  public func close(
    opportunity: String, isWon: Bool, revenue: String? = nil, on day: String? = nil
  ) throws {
    try worded {
      var closing = DynamicsClosing(isWon: isWon, day: day)
      if let column = DynamicsTable.opportunity.columnsByName["actualvalue"] {
        let conversion = DynamicsConversion(column: column, table: .opportunity)
        closing.revenue = try revenue.map { try conversion.cell(.number($0)) }
      }
      try session.close(opportunity.lowercased(), closing)
    }
  }

  /// Merges one row into another of its table, which also takes the given values.
  public func merge(
    table: String, subordinate: String, into master: String,
    values: [String: SandboxValue] = [:]
  ) throws {
    let table = try found(table)
    try worded {
      try session.merge(
        table, subordinate.lowercased(), into: master.lowercased(),
        content: try body(table, values))
    }
  }

  private func found(_ name: String) throws -> DynamicsTable {
    guard let table = DynamicsCatalogue.table(name) else {
      throw DynamicsSeedingError(description: "dynamics sandbox: there is no table '\(name)'")
    }
    return table
  }

  private func worded(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure as DynamicsFailure {
      throw DynamicsSeedingError(
        description: "dynamics sandbox: \(failure.code): \(failure.message)")
    }
  }

  private func body(_ table: DynamicsTable, _ values: [String: SandboxValue]) throws
    -> DynamicsJSON
  {
    .object(
      try values.sorted { $0.key < $1.key }.map { name, value in
        switch value {
        case .null: return .init(name, .null)
        case .text(let text): return .init(name, .string(text))
        case .integer(let number): return .init(name, .integer(number))
        case .decimal(let text): return .init(name, .number(text))
        case .boolean(let flag): return .init(name, .boolean(flag))
        case .reference(let target, let id):
          let column = table.columnsByName[name]
          guard let navigation = column?.targets.first(where: { $0.table == target })?.navigation,
            let set = DynamicsCatalogue.table(target)?.setName
          else { throw DynamicsFailure.undeclared(name, table: table) }
          return .init("\(navigation)@odata.bind", .string("/\(set)(\(id.lowercased()))"))
        }
      })
  }
}

/// Why a row could not be seeded.
public struct DynamicsSeedingError: Error, CustomStringConvertible {
  public let description: String
}

extension DynamicsService {
  /// Runs a body of writes in one transaction; none stays where the body throws.
  ///
  /// - Parameters:
  ///   - user: In whose name the rows are written; nil for the sandbox's application user.
  ///   - second: The time of the writes in Unix seconds; nil for now.
  ///   - body: The writes.
  /// - Throws: What the body throws.
  public func seed(
    as user: String? = nil, at second: Int64? = nil, _ body: (DynamicsSeeding) throws -> Void
  ) throws {
    try database.write { db in
      let rows = DynamicsRows(db: db, now: second ?? now())
      let caller = DynamicsCaller(user: user ?? DynamicsBootstrap.applicationUserID)
      try body(DynamicsSeeding(DynamicsSession(rows: rows, caller: caller, base: "")))
    }
  }
}
