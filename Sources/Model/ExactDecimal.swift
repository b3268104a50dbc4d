import Foundation

/// A decimal number without binary rounding: money, rates, percentages.
///
/// Its text is plain (`1604.5`, never `1.6045e3`) and canonical: no `+`, no trailing zeros, no `-0`.
/// Up to 38 significant digits are kept.
public struct ExactDecimal: Hashable, Sendable {
  public let number: Decimal

  public init(_ number: Decimal) { self.number = number }

  /// Reads plain or scientific notation with a full stop; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let allowed = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    guard allowed, text.last?.isNumber == true, let number = Decimal(string: String(text)),
      !number.isNaN
    else { return nil }
    self.number = number
  }

  public var text: String { number.description }

  /// The nearest number with at most `scale` decimals; a tie goes to the even neighbour.
  public func rounded(toScale scale: Int) -> ExactDecimal {
    var source = number
    var result = Decimal()
    NSDecimalRound(&result, &source, scale, .bankers)
    return ExactDecimal(result)
  }
}

extension ExactDecimal: CustomStringConvertible {
  public var description: String { text }
}
