/// The opportunities that `sales_pipeline.csv` stands for.
struct ImportedPipeline {
  private(set) var rows: [ImportedRow] = []
  private(set) var problems: [ImportProblem] = []

  private let agents: [String: SandboxValue]
  private let accounts: [String: SandboxValue]

  /// - Parameters:
  ///   - lines: The file's lines.
  ///   - staff: Who may own an opportunity.
  ///   - accounts: The accounts that may be customers.
  init(_ lines: [ImportLine], staff: ImportedStaff, accounts: ImportedAccounts) {
    agents = Dictionary(staff.agents.map { ($0.name, $0.user) }) { first, _ in first }
    self.accounts = accounts.references
    var known: [String: Int] = [:]
    for line in lines {
      do throws(ImportProblem) {
        let id = try line.required("opportunity_id")
        if let first = known.updateValue(line.number, forKey: id) {
          throw line.problem(
            "opportunity_id is on line \(first) already", "keep one of the two lines")
        }
        rows.append(try row(id, line))
      } catch {
        problems.append(error)
      }
    }
  }

  private func row(_ id: String, _ line: ImportLine) throws(ImportProblem) -> ImportedRow {
    let stage = try line.required("deal_stage")
    let isWon = Self.isWon(stage)
    let product = line.text("product")
    var values: [String: SandboxValue?] = [
      "name": .text(product.map { "\($0) (\(id))" } ?? id), "ownerid": try owner(line),
      "customerid": try customer(line), "stepname": .text(stage),
      "new_engagedate": try line.day("engage_date").map(SandboxValue.text),
    ]
    guard let isWon else {
      values["estimatedclosedate"] = try line.day("close_date").map(SandboxValue.text)
      values["estimatedvalue"] = try line.amount("close_value").map(SandboxValue.decimal)
      return ImportedRow("opportunity", key: id, from: line, values)
    }
    guard let day = try line.day("close_date"), let amount = try line.amount("close_value") else {
      throw line.problem(
        "close_date or close_value is empty, but the stage is \(stage)", "fill it")
    }
    var row = ImportedRow("opportunity", key: id, from: line, values)
    row.closing = ImportedRow.Closing(isWon: isWon, amount: amount, day: day)
    return row
  }

  private func owner(_ line: ImportLine) throws(ImportProblem) -> SandboxValue {
    guard let owner = agents[try line.required("sales_agent")] else {
      throw line.problem(
        "sales_agent is no agent of \(ImportFile.teams.rawValue)", "add the agent there")
    }
    return owner
  }

  private func customer(_ line: ImportLine) throws(ImportProblem) -> SandboxValue? {
    guard let name = line.text("account") else { return nil }
    guard let account = accounts[name] else {
      throw line.problem(
        "account is no account of \(ImportFile.accounts.rawValue)",
        "add that account there or empty the field")
    }
    return account
  }

  /// Whether a stage is a sale that was won, or one that was lost; `nil` while it is open.
  private static func isWon(_ stage: String) -> Bool? {
    switch stage.lowercased() {
    case "won": true
    case "lost": false
    default: nil
    }
  }
}
