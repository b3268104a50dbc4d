import Testing

@testable import Transport

@Test(arguments: [
  ("token abc~1 refused", "token [hidden] refused"),
  ("body client_secret=abc%7E1&x=1", "body client_secret=[hidden]&x=1"),
  (#"{"access_token":"xyz","a":1}"#, #"{"access_token":"[hidden]","a":1}"#),
  ("Authorization: Bearer eyJ0.eyJh.sig-_x ok", "Authorization: Bearer [hidden] ok"),
  ("GET https://a.example/rest?access_token=1&e=a@b.c done", "GET https://a.example/rest done"),
  ("nothing to hide", "nothing to hide"),
])
func `secrets, tokens and queries are taken out of a text`(text: String, clean: String) {
  #expect(Redaction.text(text, hiding: [Secret("abc~1")]) == clean)
}

@Test func `a secret shows itself to nobody`() {
  let secret = Secret("s3cret")
  var dumped = ""
  dump(["key": secret], to: &dumped)
  #expect("\(secret) \(String(reflecting: secret))" == "[hidden] [hidden]")
  #expect(!dumped.contains("s3cret"))
}

@Test func `an address is shown without its query`() {
  #expect(Redaction.address("https://a.example/x?filter=a@b.c#z") == "https://a.example/x")
}
