import Testing

@testable import dynsync_cli

/// The page of errors says what `errors` says.
@Suite struct MendPageTests {
  @Test func `every mend is in the documentation`() throws {
    let rows = Mend.listed.map { "| \($0.of) | `\($0.code)` | \($0.text) |\n" }
    let content = "\n| of | code | what mends it |\n|---|---|---|\n\(rows.joined())"
    var page = try DocumentationPage("errors.md")
    if DocumentationPage.isUpdating { try page.replace("mends", with: content) }
    #expect(page.part("mends") == content, "UPDATE_DOCS=1 swift test rewrites the page")
  }
}
