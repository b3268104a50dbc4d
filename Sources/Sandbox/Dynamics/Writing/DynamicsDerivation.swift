/// The columns that the server composes from others.
struct DynamicsDerivation {
  let table: DynamicsTable
  let rows: DynamicsRows
  /// The row as it will be.
  let row: [String: DynamicsCell]
  /// The cells that the write sets.
  let changed: Set<String>

  /// The composed cells that the write touches.
  func cells() throws -> [String: DynamicsCell] {
    var cells: [String: DynamicsCell] = [:]
    name(&cells)
    addresses(&cells)
    shadows(&cells)
    try ownership(&cells)
    try amounts(&cells)
    try connection(&cells)
    return cells
  }

  private func has(_ column: String) -> Bool { table.columnsByName[column] != nil }

  private func name(_ cells: inout [String: DynamicsCell]) {
    guard has("firstname"), has("fullname"),
      !changed.isDisjoint(with: ["firstname", "lastname"])
    else { return }
    let parts = ["firstname", "lastname"].compactMap { row[$0]?.text }
    cells["fullname"] = DynamicsCell(parts.isEmpty ? nil : parts.joined(separator: " "))
  }

  private func addresses(_ cells: inout [String: DynamicsCell]) {
    for prefix in ["address1_", "address2_"] where has(prefix + "composite") {
      guard changed.contains(where: { $0.hasPrefix(prefix) }) else { continue }
      func part(_ name: String) -> String? { row[prefix + name]?.text }
      let region = [part("stateorprovince"), part("postalcode")].compactMap { $0 }
      let town = [part("city"), region.isEmpty ? nil : region.joined(separator: " ")]
        .compactMap { $0 }.joined(separator: ", ")
      let lines = [
        part("line1"), part("line2"), part("line3"), town.isEmpty ? nil : town, part("country"),
      ].compactMap { $0 }
      cells[prefix + "composite"] = DynamicsCell(
        lines.isEmpty ? nil : lines.joined(separator: "\r\n"))
    }
  }

  /// A contact's account and a lead's customer show once more under their older names.
  private func shadows(_ cells: inout [String: DynamicsCell]) {
    let pairs: [(source: String, account: String, contact: String)] = [
      ("parentcustomerid", "accountid", "parentcontactid"),
      ("customerid", "accountid", "contactid"),
    ]
    for pair in pairs where has(pair.source) && changed.contains(pair.source) {
      let type = row[pair.source + "_type"]?.text
      let id = row[pair.source] ?? .null
      cells[pair.account] = type == "account" ? id : .null
      cells[pair.contact] = type == "contact" ? id : .null
    }
  }

  private func ownership(_ cells: inout [String: DynamicsCell]) throws {
    guard table.ownership == .user, changed.contains("ownerid"), let id = row["ownerid"]?.text
    else { return }
    let isTeam = row["ownerid_type"]?.text == "team"
    let owner = try rows.row(isTeam ? .team : .systemUser, id)
    cells["owninguser"] = isTeam ? .null : .text(id)
    cells["owningteam"] = isTeam ? .text(id) : .null
    cells["owningbusinessunit"] = owner?["businessunitid"] ?? .null
  }

  private func amounts(_ cells: inout [String: DynamicsCell]) throws {
    let bases = table.columns.filter { $0.name.hasSuffix("_base") }
    guard !bases.isEmpty else { return }
    var rate = row["exchangerate"]?.integer
    let isNewCurrency = changed.contains("transactioncurrencyid") || rate == nil
    if isNewCurrency, let currency = row["transactioncurrencyid"]?.text {
      rate = try rows.row(.transactionCurrency, currency)?["exchangerate"]?.integer
      cells["exchangerate"] = rate.map(DynamicsCell.integer) ?? .null
    }
    for base in bases {
      let source = String(base.name.dropLast("_base".count))
      guard isNewCurrency || changed.contains(source) else { continue }
      let amount = row[source]?.integer
      let converted = amount.flatMap { amount in
        rate.flatMap { DynamicsDecimal.quotient(amount, by: $0, divisorScale: 10) }
      }
      cells[base.name] = converted.map(DynamicsCell.integer) ?? .null
    }
  }

  /// A connection goes by the name of its second row.
  private func connection(_ cells: inout [String: DynamicsCell]) throws {
    for end in ["record1", "record2"] where has(end + "id") && changed.contains(end + "id") {
      let target = row[end + "id_type"]?.text.flatMap { DynamicsCatalogue.table($0) }
      cells[end + "objecttypecode"] = target.map { .integer(Int64($0.typeCode)) } ?? .null
      guard end == "record2" else { continue }
      let other = try target.flatMap { target in
        try row["record2id"]?.text.flatMap { try rows.row(target, $0)?[target.nameColumn] }
      }
      cells["name"] = other ?? .null
    }
  }
}
