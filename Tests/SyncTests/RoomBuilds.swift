import Testing

@Test func `the Sync test target builds`() { #expect(Bool(true)) }
