import Model
import Transport

extension ConfigurationReader {
  /// Reads a value that must be one of `allowed`.
  mutating func choice<Choice: RawRepresentable<String>>(
    _ name: String, in section: ConfigurationSection, from allowed: [Choice]
  ) -> Choice? {
    guard let value = text(name, in: section) else { return nil }
    return choice(value, from: allowed)
  }

  /// Takes `value` as one of `allowed`, or notes which those are.
  mutating func choice<Choice: RawRepresentable<String>>(
    _ value: ConfigurationText, from allowed: [Choice]
  ) -> Choice? {
    if let choice = allowed.first(where: { $0.rawValue == value.text }) { return choice }
    let names = allowed.map(\.rawValue)
    refuse(
      value.path, line: value.line, "'\(value.written)' is not allowed here",
      mend: "write \(names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))")")
    return nil
  }

  /// Reads a value that is `carriedOut`, which is also what holds where the key is missing.
  ///
  /// `unfinished` is known and documented but not carried out: it is refused, for a setting that is
  /// ignored is worse than none.
  mutating func choice<Choice: RawRepresentable<String>>(
    _ name: String, in section: ConfigurationSection, carriedOut: Choice, unfinished: Choice
  ) -> Choice {
    guard let value = text(name, in: section) else { return carriedOut }
    guard value.text == unfinished.rawValue else {
      return choice(value, from: [carriedOut]) ?? carriedOut
    }
    refuseUnfinished(value, instead: "\(name): \(carriedOut.rawValue)")
    return carriedOut
  }

  /// Notes that `value` is known but not carried out; `instead` is the line that may stand there.
  mutating func refuseUnfinished(_ value: ConfigurationText, instead: String) {
    refuse(
      value.path, line: value.line, "'\(value.written)' is not carried out yet",
      mend: "remove the line or write '\(instead)'")
  }

  /// Reads a whole number of `range`.
  mutating func number(
    _ name: String, in section: ConfigurationSection, range: ClosedRange<Int>
  ) -> Int? {
    guard let value = text(name, in: section) else { return nil }
    if let number = Int(value.text), range.contains(number) { return number }
    let bounds =
      range.upperBound == .max
      ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
    refuse(
      value.path, line: value.line, "'\(value.written)' is not a whole number \(bounds)",
      mend: "write '\(Self.key(name, in: section)?.line ?? name)'")
    return nil
  }

  /// Takes `value` as `true` or `false`.
  mutating func truth(_ value: ConfigurationText) -> Bool? {
    if let truth = Bool(value.text) { return truth }
    refuse(
      value.path, line: value.line, "'\(value.written)' is neither true nor false",
      mend: "write true or false")
    return nil
  }

  /// Reads a length of time such as `120s`.
  mutating func duration(_ name: String, in section: ConfigurationSection) -> Duration? {
    guard let value = text(name, in: section) else { return nil }
    if let duration = DurationText.duration(value.text) { return duration }
    refuse(
      value.path, line: value.line, "'\(value.written)' is not a length of time",
      mend: "write a number and s, m or h, as in 30s, 5m or 1h")
    return nil
  }

  /// Reads a service's address.
  ///
  /// `paths` are those that people copy along with it, and that the connector adds by itself.
  mutating func address(
    _ name: String, in section: ConfigurationSection, without paths: [String] = []
  ) -> ServiceAddress? {
    guard let value = text(name, in: section) else { return nil }
    do {
      let address = try ServiceAddress(value.text)
      guard let extra = paths.first(where: { address.path.hasPrefix($0) }) else { return address }
      refuse(
        value.path, line: value.line, "ends with '\(extra)', which dynsync adds by itself",
        mend: "write the address without it")
    } catch {
      let example = Self.key(name, in: section)?.line ?? name
      refuse(value.path, line: value.line, "\(error)", mend: "write it like '\(example)'")
    }
    return nil
  }

  /// Reads the name of a field.
  mutating func fieldName(_ name: String, in section: ConfigurationSection) -> FieldName? {
    guard let value = text(name, in: section) else { return nil }
    if value.text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil { return FieldName(value.text) }
    refuse(
      value.path, line: value.line, "'\(value.written)' is not the name of a field",
      mend: "write its API name: letters, digits and underscores")
    return nil
  }
}
