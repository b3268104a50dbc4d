import Testing

@testable import Sandbox

@Suite struct DynamicsPagingTests {
  @Test func `pages follow each other by links until the last`() async throws {
    try await DynamicsBox.run { box in
      for number in 1...5 { try await box.addLead(number) }
      var pages: [[DynamicsJSON?]] = []
      var next: String? = "leads?$select=leadid"
      while let link = next {
        let page = try await box.get(link, prefer: "odata.maxpagesize=2")
        #expect(page.headers["preference-applied"] == "odata.maxpagesize=2")
        pages.append(page.json.each("leadid"))
        next = page.json["@odata.nextLink"]?.string
      }
      #expect(
        pages == [[1, 2], [3, 4], [5]].map { page in page.map { .string(guid($0)) } })
    }
  }

  @Test func `an order with empty values and ties pages without a gap or a repeat`() async throws {
    try await DynamicsBox.run { box in
      let titles: [String?] = ["b", nil, "a", "b", nil, "a<\"+&>", "B"]
      for (index, title) in titles.enumerated() {
        try await box.addLead(index + 1, title.map { [.init("jobtitle", .string($0))] } ?? [])
      }
      for (order, expected) in [
        ("jobtitle%20asc", [2, 5, 3, 6, 1, 4, 7]), ("jobtitle%20desc", [1, 4, 7, 6, 3, 2, 5]),
      ] {
        var found: [DynamicsJSON?] = []
        var next: String? = "leads?$select=leadid&$orderby=\(order),leadid"
        while let link = next {
          let page = try await box.get(link, prefer: "odata.maxpagesize=1")
          found += page.json.each("leadid")
          next = page.json["@odata.nextLink"]?.string
        }
        #expect(found == expected.map { .string(guid($0)) })
      }
    }
  }

  @Test func `a link survives a client that takes it apart and encodes it anew`() async throws {
    try await DynamicsBox.run { box in
      for number in 1...3 { try await box.addLead(number) }
      let first = try await box.get("leads?$select=leadid", prefer: "odata.maxpagesize=2")
      let link = try #require(first.json["@odata.nextLink"]?.string)
      #expect(link.hasPrefix("\(box.base)/leads?$select=leadid&$skiptoken=%3ccookie%20pagenumber"))
      let token = DynamicsPercent.decoded(
        link.split(separator: "$skiptoken=").last ?? "", plusIsBlank: true)
      let pieces = DynamicsPercent.encoded(token).split(separator: "%")
      let again = pieces.dropFirst().reduce(String(pieces[0])) { text, piece in
        text + (piece.hasPrefix("20") ? "+" : "%" + piece.prefix(2).uppercased())
          + piece.dropFirst(2)
      }
      let page = try await box.get(
        "leads?%24select=leadid&%24skiptoken=\(again)",
        prefer: "odata.maxpagesize=2")
      #expect(page.json.each("leadid") == [.string(guid(3))])
      #expect(token.contains("istracking=\"False\""))
    }
  }

  @Test func `top cuts without a link and yields to a page size`() async throws {
    try await DynamicsBox.run { box in
      for number in 1...3 { try await box.addLead(number) }
      let cut = try await box.get("leads?$select=leadid&$top=2&$orderby=versionnumber%20desc")
      #expect(cut.json.each("leadid") == [.string(guid(3)), .string(guid(2))])
      #expect(cut.json["@odata.nextLink"] == nil)
      let paged = try await box.get(
        "leads?$select=leadid&$top=1", prefer: "odata.maxpagesize=2")
      #expect(paged.json.each("leadid").count == 2)
      #expect(paged.json["@odata.nextLink"] != nil)
    }
  }

  @Test func `a full page holds 5000 rows`() async throws {
    try await DynamicsBox.run { box in
      try box.service.seed { seeding in
        for number in 1...5001 {
          try seeding.insert(
            table: "lead", id: guid(number),
            values: ["lastname": .text("Park"), "revenue": .decimal("1.5")])
        }
      }
      let select =
        "leadid,fullname,firstname,lastname,emailaddress1,jobtitle,telephone1,mobilephone,fax,"
        + "address1_line1,address1_city,address1_country,address1_postalcode,leadsourcecode,"
        + "leadqualitycode,description,donotphone,donotbulkemail,statecode,companyname,revenue,"
        + "_ownerid_value,modifiedon,versionnumber"
      let page = try await box.get("leads?$select=\(select)", prefer: "odata.maxpagesize=9000")
      #expect(page.json["value"]?.items?.count == 5000)
      #expect(page.json["@odata.nextLink"] != nil)
    }
  }
}
