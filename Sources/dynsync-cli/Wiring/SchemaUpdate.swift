import Store

/// Brings a database's schema up to date, alone with it.
enum SchemaUpdate {
  /// Makes the file where there is none, and tells the steps that were applied, in order.
  ///
  /// Throws `StoreError` of kind `locked` while a run goes on.
  static func carryOut(at path: String) throws -> [String] {
    let lock = try RunLock(besides: path)
    defer { _ = lock }
    return try Store(path: path).migrate()
  }
}
