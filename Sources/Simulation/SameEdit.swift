import Model

extension Value {
  /// Whether both are the same edit, in whatever form a service keeps it.
  func isSameEdit(as other: Value) -> Bool {
    if let one = origin, let two = other.origin { return one == two }
    return canonicalText?.lowercased() == other.canonicalText?.lowercased()
      || isEmpty && other.isEmpty
      || self == .boolean(false) && other.isEmpty || isEmpty && other == .boolean(false)
  }
}

extension String {
  /// Whether a logged value is that of an edit.
  func isSameEdit(as value: Value) -> Bool {
    isEmpty
      ? value.isEmpty
      : Value.text(self).isSameEdit(as: value)
        || self == value.canonicalText
  }
}
