import Testing

@testable import Transport

@Test func `a root is kept without its trailing slash, in lower case`() throws {
  let address = try ServiceAddress("HTTPS://OrgAcme.crm4.dynamics.com:443/Sub/")
  #expect(
    [address.text, address.origin, address.host, address.path] == [
      "https://orgacme.crm4.dynamics.com/Sub", "https://orgacme.crm4.dynamics.com",
      "orgacme.crm4.dynamics.com", "/Sub",
    ])
  #expect(try ServiceAddress("http://127.0.0.1:8080").text == "http://127.0.0.1:8080")
}

@Test(arguments: [
  "http://orgacme.crm4.dynamics.com", "ftp://a", "a.example", "https://", "https://u@a.example",
  "https://a.example?x=1", "http://127.0.0.1.evil.example", "https://a.example:99999",
])
func `an address in the clear, or none at all, is refused`(text: String) {
  #expect(throws: AddressRefused.self) { try ServiceAddress(text) }
}

@Test func `only links to the very same origin are followed`() throws {
  let address = try ServiceAddress("https://a.example")
  #expect(address.pathAndQuery(of: "https://A.example:443/x?y=%2f") == "/x?y=%2f")
  #expect(address.pathAndQuery(of: "/x?y=1") == "/x?y=1")
  for foreign in ["http://a.example/x", "https://b.example/x", "https://a.example:8443/x", "//b/x"]
  {
    #expect(address.pathAndQuery(of: foreign) == nil)
  }
}

@Test func `what is written into an address is escaped`() {
  #expect(PercentEncoding.encode("a b+é'~") == "a%20b%2B%C3%A9%27~")
  #expect(PercentEncoding.form([("a", "1&2"), ("b", "=")]) == "a=1%262&b=%3D")
}
