import Testing
import Transport

extension Rig {
  /// The labels of the choices in the default field map, from Dynamics' own metadata.
  func labels() async throws -> [String: [String: String]] {
    var labels: [String: [String: String]] = [:]
    for (table, columns) in [
      ("lead", ["leadsourcecode", "leadqualitycode", "statecode"]), ("contact", ["statecode"]),
      ("account", ["industrycode"]),
    ] {
      for column in columns {
        let type = column == "statecode" ? "State" : "Picklist"
        let answer = try await dynamics.metadata(
          "EntityDefinitions(LogicalName='\(table)')/Attributes(LogicalName='\(column)')"
            + "/Microsoft.Dynamics.CRM.\(type)AttributeMetadata"
            + "?$select=LogicalName&$expand=OptionSet($select=Options)")
        for option in answer["OptionSet"]?["Options"]?.array ?? [] {
          guard let number = option["Value"]?.integer,
            let label = option["Label"]?["UserLocalizedLabel"]?["Label"]?.string
          else { continue }
          labels["\(table).\(column)", default: [:]][String(number)] = label
        }
      }
    }
    return labels
  }

  /// What a first sync should make of what stands in Dynamics.
  func expectation() async throws -> Expectation {
    var expectation = Expectation(labels: try await labels())
    for kind in [Expectation.Kind.user, .account, .contact, .lead] {
      for row in try await dynamics.all(kind.set) {
        let livesOn =
          row["merged"]?.boolean == true
          || (kind == .lead && row["statecode"]?.integer == 1
            && row["_parentcontactid_value"]?.string != nil)
        if !livesOn { expectation.add(kind, row) }
      }
    }
    return expectation
  }

  /// Compares every record of both services with the expectation, and counts the persons.
  func check(_ expectation: Expectation) async throws {
    var rows: [String: JSON] = [:]
    for kind in [Expectation.Kind.user, .account, .contact, .lead] {
      for row in try await dynamics.all(kind.set) { rows[row[kind.key]?.string ?? ""] = row }
    }
    let objects = try await marketoObjects(expectation)
    for twin in expectation.twins {
      let name = "\(twin.kind) \(twin.id)"
      guard let row = rows[twin.id] else {
        Issue.record("\(name) is gone in Dynamics")
        continue
      }
      guard let object = objects[twin.id] else {
        Issue.record("\(name) is missing in Marketo")
        continue
      }
      for (index, pair) in twin.kind.pairs.enumerated() {
        #expect(cell(row[pair.dynamics]) == twin.dynamics[index], "\(name).\(pair.dynamics)")
        #expect(cell(object[pair.marketo]) == twin.marketo[index], "\(name).\(pair.marketo)")
      }
      checkLinks(twin, row, object, name)
    }
  }

  private func checkLinks(_ twin: Expectation.Twin, _ row: JSON, _ object: JSON, _ name: String) {
    if twin.kind != .user {
      #expect(
        object["externalSalesPersonId"]?.string == row["_ownerid_value"]?.string, "\(name) owner")
    }
    guard twin.kind == .lead || twin.kind == .contact else { return }
    #expect(object["dynamicsType"]?.string == twin.kind.rawValue, "\(name) type")
    #expect(object["dynamicsIsDeleted"]?.boolean == false, "\(name) deletion flag")
    if twin.kind == .contact {
      #expect(
        object["externalCompanyId"]?.string == row["_parentcustomerid_value"]?.string,
        "\(name) company")
    }
  }

  /// Marketo's records by the Dynamics key that they carry; two with one key are an issue.
  func marketoObjects(_ expectation: Expectation) async throws -> [String: JSON] {
    var objects: [String: JSON] = [:]
    let fields =
      Set(Mapping.lead.map(\.marketo)).sorted() + [
        "dynamicsId", "dynamicsType", "dynamicsIsDeleted", "externalSalesPersonId",
        "externalCompanyId",
      ]
    for person in try await marketo.persons(fields: fields) {
      guard let key = person["dynamicsId"]?.string else { continue }
      #expect(objects[key] == nil, "two persons carry the key \(key)")
      objects[key] = person
    }
    func keys(_ kind: Expectation.Kind) -> [String] {
      expectation.twins.filter { $0.kind == kind }.map(\.id)
    }
    let companies = try await marketo.objects(
      "companies", key: "externalCompanyId", keys(.account),
      fields: Mapping.account.map(\.marketo) + ["externalSalesPersonId"])
    for company in companies { objects[company["externalCompanyId"]?.string ?? ""] = company }
    let users = try await marketo.objects(
      "salespersons", key: "externalSalesPersonId", keys(.user),
      fields: Mapping.user.map(\.marketo))
    for user in users { objects[user["externalSalesPersonId"]?.string ?? ""] = user }
    return objects
  }
}
