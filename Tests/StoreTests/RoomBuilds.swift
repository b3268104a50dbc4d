import Testing

@Test func `the Store test target builds`() { #expect(Bool(true)) }
