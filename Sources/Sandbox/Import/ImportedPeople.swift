/// The leads and contacts that `people.csv` stands for, half and half.
struct ImportedPeople {
  /// The first, third, fifth … person.
  private(set) var leads: [ImportedRow] = []
  /// The second, fourth, sixth … person.
  private(set) var contacts: [ImportedRow] = []
  private(set) var problems: [ImportProblem] = []

  private let staff: ImportedStaff
  private let accounts: [String: SandboxValue]
  /// How many people there are of one name, company and address.
  private var namesakes: [String: Int] = [:]

  /// - Parameters:
  ///   - lines: The file's lines.
  ///   - staff: Who owns the rows, in turn: agents, and an office's team every tenth time.
  ///   - accounts: The accounts that contacts may work for.
  init(_ lines: [ImportLine], staff: ImportedStaff, accounts: ImportedAccounts) {
    self.staff = staff
    self.accounts = accounts.references
    for (place, line) in lines.enumerated() {
      do throws(ImportProblem) {
        if place.isMultiple(of: 2) {
          leads.append(try lead(line, place / 2))
        } else {
          contacts.append(try contact(line, place / 2))
        }
      } catch {
        problems.append(error)
      }
    }
  }

  private mutating func lead(_ line: ImportLine, _ place: Int) throws(ImportProblem) -> ImportedRow
  {
    var values = try personal(line, place)
    let company = line.text("company").map(SandboxValue.text)
    values["companyname"] = company
    values["subject"] = company
    return ImportedRow("lead", key: key(line), from: line, values)
  }

  private mutating func contact(_ line: ImportLine, _ place: Int) throws(ImportProblem)
    -> ImportedRow
  {
    var values = try personal(line, place)
    values["parentcustomerid"] = line.text("company").flatMap { accounts[$0] }
    return ImportedRow("contact", key: key(line), from: line, values)
  }

  private func personal(_ line: ImportLine, _ place: Int) throws(ImportProblem)
    -> [String: SandboxValue?]
  {
    let columns = [
      "firstname": "first", "address1_line1": "street", "address1_city": "city",
      "address1_county": "county", "address1_stateorprovince": "state",
      "address1_postalcode": "zip", "telephone1": "phone1", "telephone2": "phone2",
      "emailaddress1": "email",
    ]
    var values = columns.mapValues { line.text($0).map(SandboxValue.text) }
    values["lastname"] = .text(try line.required("last"))
    values["ownerid"] = owner(place)
    return values
  }

  /// The owner of the row at a place of its table; `nil` where there is no staff.
  private func owner(_ place: Int) -> SandboxValue? {
    let turn = place / 10
    if place % 10 == 9, !staff.offices.isEmpty { return staff.offices[turn % staff.offices.count] }
    return staff.agents.isEmpty ? nil : staff.agents[place % staff.agents.count].user
  }

  /// What tells a person from all others in the file, and is the same at every import.
  private mutating func key(_ line: ImportLine) -> String {
    let parts = ["first", "last", "company", "email"].map { line.text($0) ?? "" }
    let name = parts.joined(separator: "\t").lowercased()
    let count = namesakes[name, default: 0]
    namesakes[name] = count + 1
    return "\(name)\t\(count)"
  }
}
