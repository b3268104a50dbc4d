/// The tables that the sandbox's organisation has.
enum DynamicsCatalogue {
  static let tables: [DynamicsTable] = [
    .organization, .businessUnit, .transactionCurrency, .systemUser, .team, .account, .contact,
    .lead, .opportunity, .connectionRole, .connection, .subscription,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
  private static let bySet = Dictionary(uniqueKeysWithValues: tables.map { ($0.setName, $0) })

  /// The table of that logical name.
  static func table(_ name: String) -> DynamicsTable? { byName[name] }

  /// The table of that entity set.
  static func table(set name: String) -> DynamicsTable? { bySet[name] }

  /// Every look-up in the organisation that may point at a row of the table.
  static func references(to table: String) -> [DynamicsReference] {
    tables.flatMap { owner in
      owner.columns.flatMap { column in
        column.targets.filter { $0.table == table }.map {
          DynamicsReference(table: owner, column: column, target: $0)
        }
      }
    }
  }
}

/// A look-up column of one table that may point at another.
struct DynamicsReference: Sendable {
  var table: DynamicsTable
  var column: DynamicsColumn
  var target: DynamicsTarget
}
