/// Writes the fixed-width digits of dates and times into a text that is being made.
struct DigitWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  /// Writes a day as `YYYY-MM-DD`; years that have no such text are told apart nonetheless.
  mutating func write(_ date: CalendarDate) {
    if date.year < 0 { write(ascii: "-") }
    write(abs(date.year), digits: date.year > 9999 ? 12 : 4)
    write(ascii: "-", date.month, digits: 2)
    write(ascii: "-", date.day, digits: 2)
  }

  mutating func write(ascii character: Unicode.Scalar) {
    buffer[count] = UInt8(ascii: character)
    count += 1
  }

  mutating func write(ascii character: Unicode.Scalar, _ number: Int, digits: Int) {
    write(ascii: character)
    write(number, digits: digits)
  }

  private mutating func write(_ number: Int, digits: Int) {
    var rest = number
    for place in stride(from: count + digits - 1, through: count, by: -1) {
      buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count += digits
  }
}
