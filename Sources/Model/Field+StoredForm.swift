extension Field {
  /// What the side is predicted to hold after it was sent `value`, from its metadata alone.
  ///
  /// A value that the side will refuse comes back unchanged: the side says so itself.
  public func storedForm(_ value: Value) -> Value {
    switch value {
    case .text(let sent): storedText(sent)
    case .decimal(let number): .decimal(scale.map(number.rounded(toScale:)) ?? number)
    default: value
    }
  }

  private func storedText(_ sent: String) -> Value {
    var units = Substring(sent)
    if text.trimsLeading { units = units.drop(while: \.isWhitespace) }
    if text.trimsTrailing {
      while let last = units.last, last.isWhitespace { units.removeLast() }
    }
    var stored = text.lowercases ? units.lowercased() : String(units)
    if text.cutsOverlong, let length { stored = stored.prefix(utf16Units: length) }
    return stored.isEmpty ? .empty : .text(stored)
  }
}

extension String {
  /// The longest beginning of whole characters that has at most `count` UTF-16 units.
  fileprivate func prefix(utf16Units count: Int) -> String {
    guard utf16.count > count else { return self }
    var kept = ""
    var units = 0
    for character in self {
      units += character.utf16.count
      if units > count { break }
      kept.append(character)
    }
    return kept
  }
}
