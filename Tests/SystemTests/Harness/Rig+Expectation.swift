import Testing
import Transport

extension Rig {
  /// The labels of the choices in the default field map, from Dynamics' own metadata.
  func labels() async throws -> [String: [String: String]] {
    var labels: [String: [String: String]] = [:]
    for (kind, columns) in [
      (Expectation.Kind.lead, ["leadsourcecode", "leadqualitycode", "statecode"]),
      (.contact, ["statecode"]), (.account, ["industrycode"]), (.opportunity, ["statecode"]),
      (.subscription, ["new_plan"]),
    ] {
      for column in columns {
        let type = column == "statecode" ? "State" : "Picklist"
        let answer = try await dynamics.metadata(
          "EntityDefinitions(LogicalName='\(kind.table)')/Attributes(LogicalName='\(column)')"
            + "/Microsoft.Dynamics.CRM.\(type)AttributeMetadata"
            + "?$select=LogicalName&$expand=OptionSet($select=Options)")
        for option in answer["OptionSet"]?["Options"]?.array ?? [] {
          guard let number = option["Value"]?.integer,
            let label = option["Label"]?["UserLocalizedLabel"]?["Label"]?.string
          else { continue }
          labels["\(kind).\(column)", default: [:]][String(number)] = label
        }
      }
    }
    return labels
  }

  /// What a first sync should make of what stands in Dynamics.
  func expectation() async throws -> Expectation {
    var expectation = Expectation(labels: try await labels())
    for kind in Expectation.Kind.allCases {
      for row in try await dynamics.all(kind.set) {
        let livesOn =
          row["merged"]?.boolean == true
          || (kind == .lead && row["statecode"]?.integer == 1
            && row["_parentcontactid_value"]?.string != nil)
        if !livesOn { expectation.add(kind, row) }
      }
    }
    expectation.stakes = Expectation.stakes(try await dynamics.all("connections"))
    for row in try await dynamics.all("connectionroles") {
      expectation.roleNames[row["connectionroleid"]?.string ?? ""] = row["name"]?.string
    }
    return expectation
  }

  /// Marketo's ids of the persons, by which people edit them and others name them.
  func findPersons(_ expectation: inout Expectation) async throws {
    let objects = try await marketoObjects(expectation)
    for index in expectation.twins.indices where expectation.twins[index].kind.isPerson {
      expectation.twins[index].person = objects[expectation.twins[index].id]?["id"]?.integer
    }
    expectation.begin()
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
    for kind in Expectation.Kind.allCases {
      guard let (path, key) = kind.object else { continue }
      let found = try await marketo.objects(
        path, key: key, expectation.twins.filter { $0.kind == kind }.map(\.id),
        fields: kind.pairs.map(\.marketo) + kind.derived.filter { $0 != key })
      for object in found { objects[object[key]?.string ?? ""] = object }
    }
    return objects
  }

  /// The roles that stand in Marketo, by opportunity, each as the person's id and the text.
  func marketoRoles(_ expectation: Expectation) async throws -> [String: [String]] {
    let opportunities = expectation.twins.filter { $0.kind == .opportunity }.map(\.id)
    let key = "externalOpportunityId"
    var roles: [String: [String]] = [:]
    for role in try await marketo.objects(
      "opportunities/roles", key: key, opportunities, fields: ["leadId", "role"])
    {
      roles[role[key]?.string ?? "", default: []].append(
        "\(cell(role["leadId"]) ?? "") \(cell(role["role"]) ?? "")")
    }
    return roles
  }
}
