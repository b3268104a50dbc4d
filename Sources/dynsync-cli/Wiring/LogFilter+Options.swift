import Model
import Store

extension LogFilterOptions {
  /// The rows that pass all that was given; `now` is what ages are counted from.
  func filter(of reader: Reader, now: Instant) throws -> LogFilter {
    var filter = LogFilter(field: field)
    filter.run = try runName.map { name in
      try name == "last" ? reader.newestRun() ?? 0 : Int64(name) ?? 0
    }
    filter.actions = Set(actions)
    filter.side = side.flatMap { Side(rawValue: $0.rawValue) }
    filter.entity = entity.map(Entity.init(rawValue:))
    filter.since = since.flatMap { TimeText.moment($0, at: .start, now: now) }
    filter.until = until.flatMap { TimeText.moment($0, at: .end, now: now) }
    return filter
  }
}
