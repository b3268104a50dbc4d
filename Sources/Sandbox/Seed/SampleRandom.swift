/// A generator whose numbers follow from its seed alone, so that a sample is the same everywhere.
struct SampleRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next number (SplitMix64).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.scrambled(state)
  }

  /// A number below a limit.
  mutating func number(below limit: Int) -> Int {
    Int(next() % UInt64(max(1, limit)))
  }

  /// One element of a list that is not empty.
  mutating func pick<Element>(_ list: [Element]) -> Element { list[number(below: list.count)] }

  /// Whether something happens that happens so many times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

  /// A GUID in lower case.
  mutating func guid() -> String { Self.guid(next(), next()) }

  /// A number that follows from another and looks as if it did not.
  static func mix(_ number: UInt64) -> UInt64 { scrambled(number &+ 0x9E37_79B9_7F4A_7C15) }

  /// The GUID that always belongs to a name.
  static func guid(named name: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return guid(mix(hash), mix(hash ^ 0x5DEE_CE66))
  }

  private static func scrambled(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private static func guid(_ high: UInt64, _ low: UInt64) -> String {
    let first = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
    let second = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
    let digits = Array(padded(first) + padded(second))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
      .joined(separator: "-")
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
