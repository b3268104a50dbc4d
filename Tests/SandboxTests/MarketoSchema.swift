import Testing

@testable import Sandbox

@Suite struct MarketoSchema {
  private static let create = "/rest/v1/leads/schema/fields.json"

  @Test func `describe tells number, length and access of a field`() async throws {
    try await MarketoBench.run { bench in
      let text = try await bench.get("/rest/v1/leads/describe.json")
      let fields = MarketoJSON(reading: text)?["result"]?.elements ?? []
      func field(_ name: String) -> String? {
        fields.first { $0["rest"]?["name"]?.text == name }?.jsonText
      }
      #expect(fields.count == 96)
      #expect(
        field("company")
          == #"{"id":4,"displayName":"Company Name","dataType":"string","length":255,"#
          + #""rest":{"name":"company","readOnly":false},"#
          + #""soap":{"name":"CompanyName","readOnly":false}}"#)
      #expect(
        field("createdAt")
          == #"{"id":132,"displayName":"Created At","dataType":"datetime","#
          + #""rest":{"name":"createdAt","readOnly":true},"#
          + #""soap":{"name":"CreatedAt","readOnly":true}}"#)
      #expect(
        fields.filter { $0["rest"] == nil }.map(\.jsonText) == [
          #"{"id":911,"displayName":"Legacy Rollup","dataType":"lead_function","#
            + #""soap":{"name":"LegacyRollup","readOnly":true}}"#
        ])
    }
  }

  @Test func `describe2 names the keys that can be searched`() async throws {
    try await MarketoBench.run { bench in
      _ = try await bench.post(
        Self.create,
        #"{"input":[{"displayName":"Dynamics Id","name":"dynamicsId","dataType":"string"},"#
          + #"{"displayName":"Deleted","name":"dynamicsIsDeleted","dataType":"boolean"}]}"#)
      let text = try await bench.get("/rest/v1/leads/describe2.json")
      let object = MarketoJSON(reading: text)?["result"]?.elements?.first
      let id = object?["fields"]?.elements?.first { $0["name"]?.text == "id" }
      let custom = object?["fields"]?.elements?.first { $0["name"]?.text == "dynamicsId" }
      #expect(
        object?["searchableFields"]?.jsonText
          == #"[["id"],["email"],["cookies"],["leadPartitionId"],["facebookId"],["twitterId"],"#
          + #"["linkedInId"],["dynamicsId"]]"#)
      #expect(
        id?.jsonText
          == #"{"name":"id","displayName":"Id","dataType":"integer","updateable":false,"#
          + #""crmManaged":false}"#)
      #expect(
        custom?.jsonText
          == #"{"name":"dynamicsId","displayName":"Dynamics Id","dataType":"string","#
          + #""length":255,"updateable":true,"crmManaged":false}"#)
    }
  }

  @Test func `a field is made once and then changed in its words alone`() async throws {
    try await MarketoBench.run { bench in
      let body =
        #"{"input":[{"displayName":"Dynamics Id","name":"dynamicsId","dataType":"string"}]}"#
      let made = try await bench.post(Self.create, body)
      let again = try await bench.post(
        Self.create,
        #"{"input":[{"displayName":"x","name":"DynamicsID","dataType":"string"},"#
          + #"{"displayName":"x","name":"Email","dataType":"string"},"#
          + #"{"displayName":"x","name":"a b","dataType":"string"},"#
          + #"{"displayName":"x","name":"notes","dataType":"text"},"#
          + #"{"name":"notes","dataType":"string"}]}"#)
      let changed = try await bench.post(
        "/rest/v1/leads/schema/fields/dynamicsId.json",
        #"{"input":[{"displayName":"Key","isHidden":true}]}"#)
      let read = try await bench.get("/rest/v1/leads/schema/fields/dynamicsId.json")
      #expect(made == #"{"result":[{"name":"dynamicsId","status":"created"}],"success":true}"#)
      #expect(
        again
          == #"{"result":[{"name":"DynamicsID","status":"skipped","reasons":"#
          + #"[{"code":"1005","message":"Lead field already exists"}]},"#
          + #"{"name":"Email","status":"skipped","reasons":"#
          + #"[{"code":"1005","message":"Lead field already exists"}]},"#
          + #"{"name":"a b","status":"skipped","reasons":"#
          + #"[{"code":"1003","message":"Invalid name 'a b'"}]},"#
          + #"{"name":"notes","status":"skipped","reasons":"#
          + #"[{"code":"1003","message":"Invalid dataType 'text'"}]},"#
          + #"{"name":"notes","status":"skipped","reasons":[{"code":"1002","message":"#
          + #""Missing value for the required parameter 'displayName'"}]}],"success":true}"#)
      #expect(changed == #"{"result":[{"name":"dynamicsId","status":"updated"}],"success":true}"#)
      #expect(
        read
          == #"{"result":[{"displayName":"Key","name":"dynamicsId","description":null,"#
          + #""dataType":"string","length":255,"isHidden":true,"isHtmlEncodingInEmail":false,"#
          + #""isSensitive":false,"isCustom":true,"isApiCreated":true}],"success":true}"#)
    }
  }

  @Test func `the list of fields ends without a token`() async throws {
    try await MarketoBench.run { bench in
      var target = "\(Self.create)?batchSize=50"
      var counts: [Int] = []
      var flags: [Bool] = []
      while true {
        let page = try await MarketoJSON(reading: bench.get(target))
        counts.append(page?["result"]?.elements?.count ?? 0)
        flags.append(page?["moreResult"]?.truth ?? false)
        guard let token = page?["nextPageToken"]?.text else { break }
        target = "\(Self.create)?batchSize=50&nextPageToken=\(token)"
      }
      #expect(counts == [50, 45])
      #expect(flags == [true, false])
    }
  }

  @Test func `companies and sales persons describe their keys`() async throws {
    try await MarketoBench.run { bench in
      let company = try await MarketoJSON(
        reading: bench.get("/rest/v1/companies/describe.json"))?["result"]?.elements?.first
      let sales = try await MarketoJSON(
        reading: bench.get("/rest/v1/salespersons/describe.json"))?["result"]?.elements?.first
      let key = company?["fields"]?.elements?.first { $0["name"]?.text == "externalCompanyId" }
      #expect(company?["name"] == .string("Company"))
      #expect(company?["idField"] == .string("id"))
      #expect(company?["dedupeFields"]?.jsonText == #"["externalCompanyId"]"#)
      #expect(
        company?["searchableFields"]?.jsonText == #"[["externalCompanyId"],["id"],["company"]]"#)
      #expect(
        key?.jsonText
          == #"{"name":"externalCompanyId","displayName":"External Company Id","#
          + #""dataType":"string","length":100,"updateable":false,"crmManaged":false}"#)
      #expect(sales?["name"] == .string("SalesPerson"))
      #expect(
        sales?["searchableFields"]?.jsonText == #"[["externalSalesPersonId"],["id"],["email"]]"#)
    }
  }
}
