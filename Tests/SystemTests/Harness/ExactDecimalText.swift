import Foundation

/// Amounts as the services keep them.
enum ExactDecimalText {
  /// Money as Dynamics stores it: two decimals, a tie to the even one.
  static func rounded(_ text: String) -> String? {
    guard var number = Decimal(string: text) else { return nil }
    var rounded = Decimal()
    NSDecimalRound(&rounded, &number, 2, .bankers)
    return rounded.description
  }

  /// A number without needless zeros, however it was written.
  static func plain(_ text: String?) -> String? {
    text.flatMap { Decimal(string: $0)?.description ?? $0 }
  }
}
