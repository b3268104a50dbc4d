import Testing

@Test func `the Command test target builds`() { #expect(Bool(true)) }
