import Model

extension Engine {
  /// Makes sure of metadata that was kept from an earlier run: what is planned must not rest on it
  /// unasked.
  func confirmMetadata() async throws {
    for side in Side.allCases { try await connectors[side]?.confirmMetadata() }
  }

  /// Has both sides' metadata read anew; tells whether any was kept from an earlier run.
  func forgetMetadata() async -> Bool {
    var wasKept = false
    for side in Side.allCases {
      if await connectors[side]?.forgetMetadata() == true { wasKept = true }
    }
    return wasKept
  }
}

extension ServiceError {
  /// Whether the call might have gone well with the metadata of now.
  var mayComeOfKeptMetadata: Bool {
    switch kind {
    case .schema, .setup, .rights, .refusedCall, .unexpectedAnswer: true
    case .unavailable, .rateLimited, .quotaExhausted, .timedOut, .credentials, .watermarkExpired:
      false
    }
  }
}
