import Model

/// What the log says about one field of a record around a moment.
public struct FieldHistory: Hashable, Sendable {
  /// What one side held.
  public enum Holding: Hashable, Sendable {
    case known(String?)
    /// The log does not reach back so far.
    case unknown
  }

  /// The pair of fields; `nil` for the record as a whole.
  public var field: String?
  /// The last decision up to the moment.
  public var decided: LogLine?
  /// The first decision after it.
  public var next: LogLine?
  public var dynamics = Holding.unknown
  public var marketo = Holding.unknown

  /// The histories of all fields in `lines`, which are one record's, oldest first.
  ///
  /// Fields are in the order of their first decision.
  static func all(_ lines: [LogLine], at moment: Instant) -> [FieldHistory] {
    var order: [String?] = []
    var byField: [String?: [LogLine]] = [:]
    for line in lines {
      if byField[line.field] == nil { order.append(line.field) }
      byField[line.field, default: []].append(line)
    }
    return order.map { FieldHistory(field: $0, byField[$0] ?? [], at: moment) }
  }

  private init(field: String?, _ lines: [LogLine], at moment: Instant) {
    self.field = field
    let isBefore = { (line: LogLine) in Instant(line.at).map { $0 <= moment } ?? false }
    decided = lines.last { isBefore($0) && $0.action != LogAction.normalised.rawValue }
    next = lines.first { !isBefore($0) }
    guard field != nil else { return }
    if let settled = lines.last(where: { isBefore($0) && $0.tellsBothValues }) {
      dynamics = .known(settled.heldAfterwards(on: .dynamics))
      marketo = .known(settled.heldAfterwards(on: .marketo))
    } else if let next, let dynamicsBase = next.dynamicsBase, let marketoBase = next.marketoBase {
      // What both held when they last agreed is what the next decision started from.
      dynamics = .known(dynamicsBase)
      marketo = .known(marketoBase)
    }
  }
}

extension LogLine {
  private static let settling: Set<LogAction> = [
    .firstLink, .created, .updated, .agreed, .collision,
  ]

  /// Whether the row holds what both sides hold from then on.
  fileprivate var tellsBothValues: Bool {
    LogAction(rawValue: action).map(Self.settling.contains) ?? false
  }

  /// What a side held once the decision was carried out.
  fileprivate func heldAfterwards(on side: Side) -> String? {
    guard self.side == side.rawValue else {
      return side == .dynamics ? dynamicsValue : marketoValue
    }
    return isReadBack ? stored : written
  }
}

extension Reader {
  /// What stood in the fields of a record at a moment, and what was decided before and after it.
  ///
  /// With a `field`, in either side's spelling, that field alone.
  public func history(
    of record: RecordMatch, field: String? = nil, at moment: Instant
  ) throws -> [FieldHistory] {
    var filter = LogFilter(record: record, field: field)
    filter.spreadsCreates = true
    return FieldHistory.all(try log(filter, limit: Int(Int32.max)), at: moment)
  }
}
