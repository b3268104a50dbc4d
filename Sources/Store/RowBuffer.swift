import Crypto
import GRDBSQLite
import Model

/// The values of one row in the order of a statement's parameters, laid out as SQLite takes them.
///
/// One buffer serves many rows: filling and binding it makes no object. A digest of a part of the
/// values needs no second look at them, as each value stands with its kind.
struct RowBuffer {
  private enum Cell {
    case null
    case integer(Int64)
    case text(start: Int, length: Int)
  }

  private var cells: [Cell] = []
  private var bytes: [UInt8] = []

  /// Where the next value will stand: the ends of what a digest covers.
  var place: Int { bytes.count }

  mutating func clear() {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: String?) {
    guard let text else { return appendNull() }
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    endText(from: start)
  }

  mutating func append(_ number: Int64) {
    cells.append(.integer(number))
    bytes.append(Kind.integer)
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func appendNull() {
    cells.append(.null)
    bytes.append(Kind.null)
  }

  /// Appends a reference in its canonical form, `object/id`.
  mutating func append(_ reference: Reference?) {
    guard let reference else { return appendNull() }
    let start = bytes.count
    bytes.append(contentsOf: reference.object.name.utf8)
    bytes.append(UInt8(ascii: "/"))
    bytes.append(contentsOf: reference.id.text.utf8)
    endText(from: start)
  }

  private mutating func endText(from start: Int) {
    cells.append(.text(start: start, length: bytes.count - start))
    bytes.append(Kind.endOfText)
  }

  /// Appends the digest of the values from one ``place`` up to another, as 32 hexadecimal digits.
  mutating func appendDigest(from start: Int, upTo end: Int) {
    var hasher = SHA256()
    bytes.withUnsafeBytes { hasher.update(bufferPointer: .init(rebasing: $0[start..<end])) }
    let place = bytes.count
    for byte in hasher.finalize().prefix(16) {
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    }
    endText(from: place)
  }

  /// Carries out `statement` with the values as its parameters; tells SQLite's result code.
  ///
  /// The statement keeps pointers into the buffer: it is bound anew, or cleared, before its next use.
  func execute(_ statement: OpaquePointer) -> CInt {
    bytes.withUnsafeBytes { memory in
      guard let text = memory.baseAddress?.assumingMemoryBound(to: CChar.self) else {
        return SQLITE_MISUSE
      }
      for (index, cell) in cells.enumerated() {
        let parameter = CInt(index + 1)
        switch cell {
        case .null: sqlite3_bind_null(statement, parameter)
        case .integer(let number): sqlite3_bind_int64(statement, parameter, number)
        case .text(let start, let length):
          sqlite3_bind_text(statement, parameter, text + start, CInt(length), nil)
        }
      }
      let code = sqlite3_step(statement)
      sqlite3_reset(statement)
      return code
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Bytes that no UTF-8 text holds: with them, different rows never have the same bytes.
  private enum Kind {
    static let integer: UInt8 = 0xfd
    static let endOfText: UInt8 = 0xfe
    static let null: UInt8 = 0xff
  }
}
