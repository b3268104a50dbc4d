import Testing

@testable import dynsync_cli

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("ulr", "url"), ("URL", "url"), ("databse", "database"), ("dtaabase", "database"),
    ("clientid", "client_id"), ("colour", nil), ("x", nil), ("", nil),
  ])
  func `the name that was meant is found, and no far one`(word: String, expected: String?) {
    let names = ["url", "database", "client_id", "merge"]

    #expect(NearestName.of(word, among: names) == expected)
  }
}
