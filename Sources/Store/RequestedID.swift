import Crypto
import Model

/// The id of a Dynamics record that is made at a person's request: the same for the same request,
/// however often it is tried, whatever became of the database.
///
/// A GUID of version 8. Its last 48 bits are the person's Marketo id; the others are a hash of the
/// subscription, the person, the entity, and the record that the person was before.
public struct RequestedID: Hashable, Sendable {
  public var text: String

  /// Makes the id; `predecessor` is the key that the person still carries of a record that ended.
  public init(person: String, as entity: Entity, organisation: String, predecessor: String?) {
    let name = "dynsync request \(organisation)/\(person)/\(entity)/\(predecessor ?? "")"
    var bytes = Array(SHA256.hash(data: Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0f | 0x80
    bytes[8] = bytes[8] & 0x3f | 0x80
    let number = UInt64(person) ?? 0
    for place in 0..<6 { bytes[15 - place] = UInt8(truncatingIfNeeded: number >> (8 * place)) }
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    text = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { text.append("-") }
      text.append(digit)
    }
  }

  /// The person at whose request a record may have been made; `nil` where its id is of another make.
  public static func person(in id: String) -> String? {
    let parts = id.split(separator: "-")
    guard parts.count == 5, parts[2].hasPrefix("8"), let number = UInt64(parts[4], radix: 16),
      number > 0
    else { return nil }
    return String(number)
  }
}
