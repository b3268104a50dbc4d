/// A number with the thing that it counts.
enum Amount {
  /// `1 error`, `2 errors`; `plural` where it is not the singular with an s.
  static func text(_ number: Int, _ singular: String, plural: String? = nil) -> String {
    "\(ProgressText.grouped(number)) \(number == 1 ? singular : plural ?? "\(singular)s")"
  }
}
