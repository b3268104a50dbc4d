import Model

/// What one call can do to its records; a batch of several kinds takes several calls.
enum WriteKind: String, Hashable, Sendable, CaseIterable {
  case create
  case update
  case delete

  init(_ action: Write.Action) {
    self =
      switch action {
      case .create: .create
      case .update: .update
      case .delete: .delete
      }
  }
}
