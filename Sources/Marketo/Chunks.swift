extension Array {
  /// The elements in order, in slices of at most `size`.
  func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

extension Array where Element: Sendable {
  /// Carries `body` out for every element, `atOnce` side by side; the answers in the elements' order.
  ///
  /// The first failure cancels the others.
  func concurrently<T: Sendable>(
    atOnce: Int, _ body: @escaping @Sendable (Element) async throws -> T
  ) async throws -> [T] {
    try await withThrowingTaskGroup(of: (Int, T).self) { group in
      var answers: [Int: T] = [:]
      for (position, element) in enumerated() {
        if position >= atOnce, let (done, answer) = try await group.next() {
          answers[done] = answer
        }
        group.addTask { (position, try await body(element)) }
      }
      while let (done, answer) = try await group.next() { answers[done] = answer }
      return indices.compactMap { answers[$0] }
    }
  }
}
