import Testing

@testable import Sandbox

@Suite struct ImportedOrganisationTests {
  private static let rows: [ImportedRow] = (try? ImportSample.organisation().rows) ?? []

  /// The rows of a table, with names in place of the ids that look-ups point at.
  private static func rows(_ table: String) -> [[String: String]] {
    let names = Dictionary(
      rows.map { ($0.row.id, $0.row.text("name") ?? $0.row.text("lastname") ?? "") }
    ) { first, _ in first }
    return rows.filter { $0.row.table == table }.map { imported in
      var row = imported.row.values.mapValues { value in
        switch value {
        case .null: "null"
        case .text(let text), .decimal(let text): text
        case .integer(let number): String(number)
        case .boolean(let truth): String(truth)
        case .reference(let table, let id): "\(table) \(names[id] ?? "?")"
        }
      }
      row["closing"] = imported.closing.map {
        "\($0.isWon ? "won" : "lost") \($0.amount) \($0.day)"
      }
      return row
    }
  }

  @Test func `agents and managers are users, each behind the manager`() {
    func user(_ first: String, _ last: String, _ address: String, _ manager: String? = nil)
      -> [String: String]
    {
      var user = ["firstname": first, "lastname": last]
      user["internalemailaddress"] = address
      user["domainname"] = address
      user["parentsystemuserid"] = manager.map { "systemuser \($0)" }
      return user
    }
    #expect(
      Self.rows("systemuser")
        == [
          user("Bruno", "Thorne", "bruno.thorne@example.com"),
          user("Carla", "van Dorn", "carla.van.dorn@example.com", "Thorne"),
          user("Edda", "Varga", "edda.varga@example.com"),
          user("Ada", "Quist", "ada.quist@example.com", "Thorne"),
          user("Ada", "Quíst", "ada.quist2@example.com", "Varga"),
        ])
  }

  @Test func `offices and managers have teams`() {
    #expect(
      Self.rows("team") == [
        [
          "name": "Team Bruno Thorne", "teamtype": "0", "administratorid": "systemuser Thorne",
        ],
        ["name": "Harbour", "teamtype": "0"],
        ["name": "Team Edda Varga", "teamtype": "0", "administratorid": "systemuser Varga"],
        ["name": "Hill", "teamtype": "0"],
      ])
  }

  @Test func `accounts stand behind their parents and belong to the managers in turn`() {
    #expect(
      Self.rows("account") == [
        [
          "name": "Kestrel", "new_sector": "insurance", "industrycode": "20",
          "revenue": "718620000.00", "ownerid": "systemuser Varga",
        ],
        [
          "name": "Marlow, Sons", "new_sector": "technolgy", "new_yearestablished": "1996",
          "revenue": "1100040000.00", "numberofemployees": "2822", "address1_country": "Norway",
          "parentaccountid": "account Kestrel", "ownerid": "systemuser Thorne",
        ],
      ])
  }

  @Test func `opportunities carry stage, owner, customer and exact amounts`() {
    #expect(
      Self.rows("opportunity") == [
        [
          "name": "GTX Basic (1C1I7A6R)", "ownerid": "systemuser Quist",
          "customerid": "account Kestrel", "stepname": "Won", "new_engagedate": "2016-10-20",
          "closing": "won 1054.50 2017-03-01",
        ],
        [
          "name": "GTXPro (Z063OYW0)", "ownerid": "systemuser van Dorn",
          "customerid": "account Marlow, Sons", "stepname": "Lost",
          "new_engagedate": "2016-10-25", "closing": "lost 0.00 2017-03-11",
        ],
        [
          "name": "GTXPro (EC4QE1BX)", "ownerid": "systemuser van Dorn", "stepname": "Engaging",
          "new_engagedate": "2016-10-25",
        ],
        [
          "name": "MV1LWRNH", "ownerid": "systemuser Quist", "customerid": "account Kestrel",
          "stepname": "Prospecting",
        ],
      ])
  }

  @Test func `people are leads and contacts by turns`() {
    #expect(
      Self.rows("lead") == [
        [
          "firstname": "Dario", "lastname": "Eklund", "companyname": "Lumen Works",
          "subject": "Lumen Works", "address1_line1": "6 Mill Lane", "address1_city": "Salem",
          "address1_county": "Essex", "address1_stateorprovince": "MA",
          "address1_postalcode": "8014", "telephone1": "555-0110", "telephone2": "555-0111",
          "emailaddress1": "dario@lumen.example", "ownerid": "systemuser Quist",
        ],
        ["lastname": "Hagen", "ownerid": "systemuser van Dorn"],
      ])
    #expect(
      Self.rows("contact") == [
        [
          "firstname": "Falk", "lastname": "Gallo", "address1_line1": "7 Elm Avenue",
          "address1_city": "Boise", "address1_county": "Ada", "address1_stateorprovince": "ID",
          "address1_postalcode": "83702", "telephone1": "555-0112", "telephone2": "555-0113",
          "emailaddress1": "falk@kestrel.example", "parentcustomerid": "account Kestrel",
          "ownerid": "systemuser Quist",
        ],
        [
          "firstname": "Ines", "lastname": "Moreau", "emailaddress1": "ines@nowhere.example",
          "ownerid": "systemuser van Dorn",
        ],
      ])
  }

  @Test func `every tenth lead and contact belongs to an office`() throws {
    let people = (1...60).map { "P,L\($0),,,,,,,,," }.joined(separator: "\n")
    let organisation = try ImportSample.organisation([
      .teams: ImportSample.teams, .people: people,
    ])

    let owned = organisation.rows.compactMap { imported -> String? in
      guard case .reference("team", let id) = imported.row.values["ownerid"] else { return nil }
      let team = organisation.rows.first { $0.row.id == id }?.row.text("name") ?? "?"
      return "\(imported.row.text("lastname") ?? "?") \(team)"
    }
    #expect(
      owned == [
        "L19 Harbour", "L39 Hill", "L59 Harbour", "L20 Harbour", "L40 Hill", "L60 Harbour",
      ])
  }

  @Test func `a header of the people is passed over, and namesakes stay apart`() throws {
    let names = ImportFile.people.columns.joined(separator: ",")
    let person = "A,B,C,,,,,,,,a@b.example"
    let organisation = try ImportSample.organisation([
      .people: [names, person, person, person].joined(separator: "\n")
    ])

    #expect(organisation.rows.map(\.row.table) == ["lead", "lead", "contact"])
    #expect(Set(organisation.rows.map(\.row.id)).count == 3)
    #expect(organisation.rows.allSatisfy { $0.row.values["ownerid"] == nil })
  }

  @Test func `ids follow from the files alone`() throws {
    #expect(try ImportSample.organisation().rows == Self.rows)
    #expect(Set(Self.rows.map(\.row.id)).count == Self.rows.count)
    #expect(
      Self.rows.last?.row.id == ImportedRow.id("opportunity", "MV1LWRNH"))
  }
}
