import Foundation

/// Money as Dynamics stores it: two decimals, a tie to the even one.
enum ExactDecimalText {
  static func rounded(_ text: String) -> String? {
    guard var number = Decimal(string: text) else { return nil }
    var rounded = Decimal()
    NSDecimalRound(&rounded, &number, 2, .bankers)
    return rounded.description
  }
}
