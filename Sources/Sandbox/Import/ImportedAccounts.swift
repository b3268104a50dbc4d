/// The accounts that `accounts.csv` stands for.
struct ImportedAccounts {
  /// The accounts, each behind the one that it is a subsidiary of.
  private(set) var rows: [ImportedRow] = []
  /// The ids by the accounts' names.
  private(set) var references: [String: SandboxValue] = [:]
  private(set) var problems: [ImportProblem] = []

  /// - Parameters:
  ///   - lines: The file's lines.
  ///   - owners: The users who own the accounts in turn; the service's own rule where there is none.
  init(_ lines: [ImportLine], owners: [SandboxValue]) {
    var known: [String: ImportLine] = [:]
    var names: [String] = []
    for line in lines {
      do throws(ImportProblem) {
        let name = try line.required("account")
        if let first = known[name] {
          throw line.problem(
            "account is on line \(first.number) already", "keep one of the two lines")
        }
        known[name] = line
        names.append(name)
      } catch {
        problems.append(error)
      }
    }
    references = Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, .reference(table: "account", id: ImportedRow.id("account", $0)))
      })
    let parents = known.compactMapValues { $0.text("subsidiary_of") }
    let order = ImportOrder.sorted(names, parents: parents)
    let places = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    for name in names where order.circular.contains(name) {
      guard let line = known[name] else { continue }
      problems.append(
        line.problem("subsidiary_of leads back to the account", "break the circle of accounts"))
    }
    for name in order.names {
      guard let line = known[name], let place = places[name] else { continue }
      let owner = owners.isEmpty ? nil : owners[place % owners.count]
      do throws(ImportProblem) {
        rows.append(try row(name, line, owner))
      } catch {
        problems.append(error)
      }
    }
  }

  private func row(_ name: String, _ line: ImportLine, _ owner: SandboxValue?)
    throws(ImportProblem) -> ImportedRow
  {
    let sector = line.text("sector")
    return ImportedRow(
      "account", key: name, from: line,
      [
        "name": .text(name), "ownerid": owner,
        "new_sector": sector.map(SandboxValue.text), "industrycode": sector.flatMap(industry),
        "new_yearestablished": try line.whole("year_established").map(SandboxValue.integer),
        "revenue": try line.amount("revenue", exponent: 6).map(SandboxValue.decimal),
        "numberofemployees": try line.whole("employees").map(SandboxValue.integer),
        "address1_country": line.text("office_location").map(SandboxValue.text),
        "parentaccountid": try parent(line),
      ])
  }

  private func parent(_ line: ImportLine) throws(ImportProblem) -> SandboxValue? {
    guard let name = line.text("subsidiary_of") else { return nil }
    guard let parent = references[name] else {
      throw line.problem(
        "subsidiary_of is no account of this file", "add that account or empty the field")
    }
    return parent
  }

  /// The industry whose label the sector is.
  private func industry(_ sector: String) -> SandboxValue? {
    let label = sector.lowercased()
    return DynamicsOption.industries.first { $0.label.lowercased() == label }
      .map { .integer($0.value) }
  }
}
