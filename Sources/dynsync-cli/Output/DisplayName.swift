/// How pairs of fields and sides are named to people.
enum DisplayName {
  /// `jobtitle ↔ title` for the pair `jobtitle__title`.
  ///
  /// A name that begins with an underscore is a value that dynsync derives by itself.
  static func pair(_ pair: String) -> String {
    let start = pair.firstIndex { $0 != "_" } ?? pair.startIndex
    guard let seam = pair[start...].firstRange(of: "__") else { return pair }
    return "\(pair[..<seam.lowerBound]) ↔ \(pair[seam.upperBound...])"
  }

  /// The side's name as a name.
  static func side(_ side: String) -> String {
    side.prefix(1).uppercased() + side.dropFirst()
  }
}
