import Model
import Store
import Testing

@Suite struct RequestedIDTests {
  private func id(
    _ person: String, as entity: Entity = .lead, of organisation: String = "123-ABC-456",
    after predecessor: String? = nil
  ) -> String {
    RequestedID(
      person: person, as: entity, organisation: organisation, predecessor: predecessor
    ).text
  }

  @Test func `the same request has the same id, another has another`() {
    let ids = [
      id("7001"), id("7002"), id("7001", as: .contact), id("7001", of: "other"),
      id("7001", after: id("7001")),
    ]

    #expect(Set(ids).count == ids.count)
    #expect(id("7001") == ids[0])
  }

  @Test(arguments: ["1", "7001", "281474976710655"])
  func `the id is a GUID that tells the person`(person: String) throws {
    let text = id(person)

    #expect(GUID(text)?.text == text)
    #expect(text.split(separator: "-")[2].first == "8")
    #expect("89ab".contains(try #require(text.split(separator: "-")[3].first)))
    #expect(RequestedID.person(in: text) == person)
  }

  @Test(arguments: [
    "4b1c0d2e-0000-4000-8000-000000000001", "4b1c0d2e-0000-8000-8000-000000000000", "l1", "",
  ])
  func `an id of another make tells nobody`(id: String) {
    #expect(RequestedID.person(in: id) == nil)
  }
}
