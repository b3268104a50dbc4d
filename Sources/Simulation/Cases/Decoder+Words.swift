extension Decoder {
  /// Refuses a key that nobody knows: a rule with a slip in its name would say nothing.
  func refuseKeys<Key: CodingKey & CaseIterable>(besides known: Key.Type) throws {
    let names = known.allCases.map(\.stringValue)
    let strays = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
      .filter { !names.contains($0) }
    guard let stray = strays.min() else { return }
    throw DecodingError.dataCorrupted(
      .init(
        codingPath: codingPath,
        debugDescription: "has an unknown key '\(stray)'; known are \(names.listed)"))
  }
}

extension KeyedDecodingContainer {
  /// One of a set of words; `nil` where the key is missing.
  func word<Word: RawRepresentable & CaseIterable>(
    _ key: Key, of words: Word.Type = Word.self
  ) throws -> Word? where Word.RawValue == String {
    guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self,
        debugDescription: "'\(text)' is none of \(words.allCases.map(\.rawValue).listed)")
    }
    return word
  }
}

extension [String] {
  fileprivate var listed: String { joined(separator: ", ") }
}

private struct AnyKey: CodingKey {
  var stringValue: String
  var intValue: Int?

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
