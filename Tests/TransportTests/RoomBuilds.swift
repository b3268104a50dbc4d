import Testing

@Test func `the Transport test target builds`() { #expect(Bool(true)) }
