/// The place where a page ended, as the opaque text of a `$skiptoken`.
///
/// It has the look of Dataverse's paging cookie: XML whose own cookie is percent-encoded once more.
struct DynamicsCookie {
  /// The number of the page that comes next.
  var page: Int
  /// The sort values of the last row, its id at the end.
  var last: [DynamicsCell]
  /// Set while changes are tracked.
  var tracking: Tracking?

  /// The place of a delta read, which lists the changed rows first and the deletes behind them.
  struct Delta: Equatable {
    /// The version of the last changed row.
    var rowsAbove: Int64
    /// The version of the last delete.
    var deletesAbove: Int64
    /// Whether the changed rows are through.
    var isInDeletes = false
  }

  /// How far a tracked read has come.
  struct Tracking: Equatable {
    /// The version to which the whole read belongs.
    var upTo: Int64
    /// In a delta read: the place where it stands.
    var delta: Delta?
  }

  init(page: Int, last: [DynamicsCell], tracking: Tracking? = nil) {
    self.page = page
    self.last = last
    self.tracking = tracking
  }

  /// The text of the token, decoded.
  var text: String {
    var inner = "<cookie page=\"\(page - 1)\">"
    for cell in last { inner += "<v last=\"\(DynamicsPercent.encoded(Self.mark(cell)))\" />" }
    if let tracking {
      inner += "<t upto=\"\(tracking.upTo)\""
      if let delta = tracking.delta {
        inner += " rows=\"\(delta.rowsAbove)\" deletes=\"\(delta.deletesAbove)\""
        inner += " through=\"\(delta.isInDeletes)\""
      }
      inner += " />"
    }
    inner += "</cookie>"
    return "<cookie pagenumber=\"\(page)\" pagingcookie=\"\(DynamicsPercent.encoded(inner))\" "
      + "istracking=\"\(tracking == nil ? "False" : "True")\" />"
  }

  /// Reads a token back; throws where it is none of ours.
  init(_ text: String) throws {
    guard let page = Self.attribute("pagenumber", in: text[...]).flatMap({ Int($0) }),
      let encoded = Self.attribute("pagingcookie", in: text[...])
    else { throw DynamicsFailure.query("Malformed XML in the Skip Token.") }
    let inner = DynamicsPercent.decoded(encoded, plusIsBlank: false)
    self.page = page
    last = inner.split(separator: "<v ").dropFirst().compactMap { piece in
      Self.attribute("last", in: piece).map {
        Self.cell(DynamicsPercent.decoded($0, plusIsBlank: false))
      }
    }
    let upTo = Self.attribute("upto", in: inner[...]).flatMap { Int64($0) }
    let rowsAbove = Self.attribute("rows", in: inner[...]).flatMap { Int64($0) }
    let deletesAbove = Self.attribute("deletes", in: inner[...]).flatMap { Int64($0) }
    let isInDeletes = Self.attribute("through", in: inner[...]) == "true"
    tracking = upTo.map { upTo in
      Tracking(
        upTo: upTo,
        delta: rowsAbove.map {
          Delta(rowsAbove: $0, deletesAbove: deletesAbove ?? $0, isInDeletes: isInDeletes)
        })
    }
  }

  private static func mark(_ cell: DynamicsCell) -> String {
    switch cell {
    case .null: "n"
    case .integer(let value): "i\(value)"
    case .real(let value): "r\(value)"
    case .text(let text): "t\(text)"
    }
  }

  private static func cell(_ mark: String) -> DynamicsCell {
    let value = String(mark.dropFirst())
    return switch mark.first {
    case "i": Int64(value).map(DynamicsCell.integer) ?? .null
    case "r": Double(value).map(DynamicsCell.real) ?? .null
    case "t": .text(value)
    default: .null
    }
  }

  private static func attribute(_ name: String, in text: Substring) -> Substring? {
    guard let start = text.firstRange(of: " \(name)=\"")?.upperBound,
      let end = text[start...].firstIndex(of: "\"")
    else {
      guard text.hasPrefix("\(name)=\"") else { return nil }
      let rest = text.dropFirst(name.count + 2)
      return rest.firstIndex(of: "\"").map { rest[..<$0] }
    }
    return text[start..<end]
  }
}
