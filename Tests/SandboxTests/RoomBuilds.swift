import Testing

@Test func `the Sandbox test target builds`() { #expect(Bool(true)) }
