extension MarketoState {
  /// Every object that has records: those that are always there, and the approved custom ones.
  func objects() throws -> [MarketoObject] { MarketoObject.all }

  /// The object of a path; `nil` where there is none, or a custom one that was never approved.
  func object(_ path: String) throws -> MarketoObject? { MarketoObject.named(path) }
}
