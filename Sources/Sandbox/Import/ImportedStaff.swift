import Foundation

/// The users and teams that `sales_teams.csv` stands for.
struct ImportedStaff {
  /// Agents and managers, each behind their own manager.
  private(set) var users: [ImportedRow] = []
  /// A team for each office, and one for each manager.
  private(set) var teams: [ImportedRow] = []
  /// The agents in the file's order, by their names.
  private(set) var agents: [(name: String, user: SandboxValue)] = []
  /// The managers in the order in which the file names them.
  private(set) var managers: [SandboxValue] = []
  /// The teams of the offices in the order in which the file names them.
  private(set) var offices: [SandboxValue] = []
  private(set) var problems: [ImportProblem] = []

  /// The line that first names somebody, by the name.
  private var lines: [String: ImportLine] = [:]
  private var names: [String] = []
  private var managerOf: [String: String] = [:]
  private var teamIDs: Set<String> = []
  private var addresses: Set<String> = []

  init(_ lines: [ImportLine]) {
    var agentLines: [String: Int] = [:]
    for line in lines {
      do throws(ImportProblem) {
        let agent = try line.required("sales_agent")
        if let first = agentLines.updateValue(line.number, forKey: agent) {
          throw line.problem(
            "sales_agent is on line \(first) already", "keep one of the two lines")
        }
        meet(agent, line)
        agents.append((agent, Self.user(agent)))
        if let manager = line.text("manager") { lead(agent, by: manager, line) }
        if let office = line.text("regional_office") { open(office, line) }
      } catch {
        problems.append(error)
      }
    }
    makeUsers()
  }

  /// The user of a name.
  private static func user(_ name: String) -> SandboxValue {
    .reference(table: "systemuser", id: ImportedRow.id("systemuser", name))
  }

  private mutating func meet(_ name: String, _ line: ImportLine) {
    guard lines[name] == nil else { return }
    lines[name] = line
    names.append(name)
  }

  private mutating func lead(_ agent: String, by manager: String, _ line: ImportLine) {
    meet(manager, line)
    managerOf[agent] = manager
    let user = Self.user(manager)
    if addTeam("Team \(manager)", line, ["administratorid": user]) != nil { managers.append(user) }
  }

  private mutating func open(_ office: String, _ line: ImportLine) {
    if let team = addTeam(office, line, [:]) { offices.append(team) }
  }

  /// Adds a team, once; `nil` where it is there already.
  private mutating func addTeam(
    _ name: String, _ line: ImportLine, _ values: [String: SandboxValue]
  ) -> SandboxValue? {
    let values = values.merging(["name": .text(name), "teamtype": .integer(0)]) { old, _ in old }
    let team = ImportedRow("team", key: name, from: line, values)
    guard teamIDs.insert(team.row.id).inserted else { return nil }
    teams.append(team)
    return team.row.reference
  }

  private mutating func makeUsers() {
    let addresses = Dictionary(uniqueKeysWithValues: names.map { ($0, address(of: $0)) })
    let order = ImportOrder.sorted(names, parents: managerOf)
    for name in names where order.circular.contains(name) {
      guard let line = lines[name] else { continue }
      problems.append(
        line.problem("manager leads back to the agent", "break the circle of managers"))
    }
    for name in order.names {
      guard let line = lines[name], let address = addresses[name] else { continue }
      let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
      users.append(
        ImportedRow(
          "systemuser", key: name, from: line,
          [
            "firstname": parts.count == 2 ? .text(parts[0]) : nil,
            "lastname": parts.last.map(SandboxValue.text),
            "internalemailaddress": .text(address), "domainname": .text(address),
            "parentsystemuserid": managerOf[name].map(Self.user),
          ]))
    }
  }

  /// An address that nobody else has, made of the name.
  private mutating func address(of name: String) -> String {
    let plain = name.folding(options: .diacriticInsensitive, locale: nil).lowercased()
      .split(separator: " ").joined(separator: ".")
      .filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    let local = plain.isEmpty ? "user" : plain
    var address = "\(local)@example.com"
    var number = 2
    while !addresses.insert(address).inserted {
      address = "\(local)\(number)@example.com"
      number += 1
    }
    return address
  }
}
