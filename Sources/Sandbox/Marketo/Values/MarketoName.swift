/// The names that fields and objects made by API may have.
enum MarketoName {
  /// Whether a name holds nothing but letters, digits and underscores of ASCII, a letter first.
  static func isValid(_ name: String) -> Bool {
    name.count <= 255 && name.first?.isLetter == true
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      }
  }
}
