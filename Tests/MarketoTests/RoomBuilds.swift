import Testing

@Test func `the Marketo test target builds`() { #expect(Bool(true)) }
