/// Which rows of a table to read, and which of their columns.
struct DynamicsRowQuery {
  let table: DynamicsTable
  let columns: [DynamicsColumn]
  /// Whether the names of the rows that look-ups point at are read too.
  var wantsLabels = false
  /// One row alone.
  var id: String?
  var filter: DynamicsFilter?
  /// Where empty, by id.
  var order: [(column: DynamicsColumn, isDescending: Bool)] = []
  /// The sort values of the last row already read, its id at the end.
  var after: [DynamicsCell]?
  /// Versions above the lower bound and up to the upper, in the order of versions.
  var versions: (above: Int64, upTo: Int64)?
  var limit: Int?

  /// Resolves a `$select`; nil selects every column.
  ///
  /// The primary key always comes along, a currency with an amount, and the composed text with a
  /// part of an address. Throws at a name that the table does not have.
  init(table: DynamicsTable, select: [String]?) throws {
    self.table = table
    guard let select else {
      columns = table.columns
      return
    }
    var columns: [DynamicsColumn] = []
    var names: Set<String> = []
    func add(_ column: DynamicsColumn?) {
      guard let column, names.insert(column.name).inserted else { return }
      columns.append(column)
    }
    for name in select {
      guard let column = table.properties[name] else {
        throw DynamicsFailure.unknownProperty(name, type: table.name)
      }
      add(column)
    }
    add(table.columnsByName[table.idColumn])
    for column in columns {
      if case .money = column.kind { add(table.columnsByName["transactioncurrencyid"]) }
      if column.name.hasPrefix("address"), let end = column.name.firstIndex(of: "_") {
        add(table.columnsByName[column.name[..<end] + "_composite"])
      }
    }
    self.columns = columns
  }

  /// Resolves and sets a `$orderby`; throws at a name that the table does not have.
  mutating func sort(by order: [(property: String, isDescending: Bool)]) throws {
    self.order = try order.map { item in
      guard let column = table.properties[item.property] else {
        throw DynamicsFailure.unknownProperty(item.property, type: table.name)
      }
      return (column, item.isDescending)
    }
  }
}

/// A row that was read, with the cells in the order of a ``DynamicsRowLayout``.
struct DynamicsRow {
  var cells: [DynamicsCell]

  /// The row's id.
  var id: String { cells[0].text ?? "" }

  /// The row's version.
  var version: Int64 { cells[1].integer ?? 0 }
}

/// Where the parts of a row stand among its cells.
struct DynamicsRowLayout {
  /// One column's places.
  struct Place {
    let column: DynamicsColumn
    let value: Int
    /// The table that a look-up with several targets points at.
    let type: Int?
    /// The name of the row that a look-up points at.
    let label: Int?
  }

  let places: [Place]
  /// The places of the sort values.
  let order: [Int]
  let count: Int

  init(_ query: DynamicsRowQuery) {
    var next = 2
    func take() -> Int {
      next += 1
      return next - 1
    }
    places = query.columns.map { column in
      Place(
        column: column, value: take(), type: column.isPolymorphic ? take() : nil,
        label: column.isLookup && query.wantsLabels ? take() : nil)
    }
    order = query.order.map { _ in take() }
    count = next
  }

  /// The sort values of a row, its id at the end.
  func position(of row: DynamicsRow) -> [DynamicsCell] {
    order.map { row.cells[$0] } + [row.cells[0]]
  }
}
