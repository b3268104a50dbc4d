import Model
import Testing

@Suite struct GUIDTests {
  private static let text = "0f8fad5b-d9cb-469f-a165-70867728950e"

  @Test(arguments: [
    "0f8fad5b-d9cb-469f-a165-70867728950e", "0F8FAD5B-D9CB-469F-A165-70867728950E",
    "{0F8FAD5B-d9cb-469F-A165-70867728950E}",
  ])
  func `every spelling of a GUID is one lower-case text`(_ spelling: String) {
    #expect(GUID(spelling)?.text == Self.text)
  }

  @Test(arguments: [
    "", "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950",
    "0f8fad5b-d9cb-469f-a165-70867728950g", "{0f8fad5b-d9cb-469f-a165-70867728950e",
    "0f8fad5b_d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e ",
  ])
  func `what is no GUID is refused`(_ spelling: String) {
    #expect(GUID(spelling) == nil)
  }

  @Test func `the same seed gives the same identifiers, each of version 4`() {
    var one = SeededGenerator(seed: 7)
    var other = SeededGenerator(seed: 7)
    let first = (0..<200).map { _ in GUID(using: &one) }
    let second = (0..<200).map { _ in GUID(using: &other) }

    #expect(first == second)
    #expect(Set(first).count == 200)
    #expect(first.allSatisfy { GUID($0.text) == $0 })
    #expect(first.allSatisfy { Array($0.text)[14] == "4" && "89ab".contains(Array($0.text)[19]) })
  }
}
