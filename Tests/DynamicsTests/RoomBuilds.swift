import Testing

@Test func `the Dynamics test target builds`() { #expect(Bool(true)) }
