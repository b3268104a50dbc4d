import Testing

@Test func `the Model test target builds`() { #expect(Bool(true)) }
