import Foundation

/// A decimal number without binary rounding: money, rates, percentages.
///
/// Its text is plain (`1604.5`, never `1.6045e3`) and canonical: no `+`, no trailing zeros, no `-0`.
/// Up to 38 significant digits are kept.
public struct ExactDecimal: Hashable, Sendable {
  /// Made once: a decimal is read, compared and stored far more often than it is calculated with.
  public let text: String

  public init(_ number: Decimal) { text = number.description }

  /// Reads plain or scientific notation with a full stop; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    guard Self.isNumber(text), let number = Decimal(string: String(text)), !number.isNaN else {
      return nil
    }
    self.text = number.description
  }

  /// The nearest number with at most `scale` decimals; a tie goes to the even neighbour.
  public func rounded(toScale scale: Int) -> ExactDecimal {
    var source = Decimal(string: text) ?? Decimal()
    var result = Decimal()
    NSDecimalRound(&result, &source, scale, .bankers)
    return ExactDecimal(result)
  }

  /// `Decimal` reads as far as it understands and leaves the rest, so the whole text is checked first.
  private static func isNumber(_ text: some StringProtocol) -> Bool {
    var scanner = DigitScanner(text)
    _ = scanner.take(anyOf: "+-")
    let whole = scanner.skipDigits()
    if scanner.take(anyOf: ".") != nil {
      guard scanner.skipDigits() > 0 else { return false }
    } else if whole == 0 {
      return false
    }
    if scanner.take(anyOf: "eE") != nil {
      _ = scanner.take(anyOf: "+-")
      guard scanner.skipDigits() > 0 else { return false }
    }
    return scanner.isAtEnd
  }
}

extension ExactDecimal: CustomStringConvertible {
  public var description: String { text }
}
