import Model
import Store

/// Applying pulled pages to a mirror, beside a bare insert of the same rows.
enum ApplyBench {
  private static let page = 5000
  private static let now = Instant(seconds: 1_767_225_600)

  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] {
    let count = size.of(200_000, small: 10_000)
    let rounds = size.of(7, small: 9)
    return try await ScratchFolder.use { folder in
      let new = pages(count, title: "Head of Purchasing")
      let changed = pages(count, title: "Head of Sales")
      var times: [String: [Double]] = [:]
      for round in 0..<rounds {
        for (name, seconds) in try measure(new, changed, in: folder, round: round) {
          times[name, default: []].append(seconds)
        }
      }
      return [
        ("new", "insert"), ("changed", "insert"), ("unchanged", "insert"), ("changed", "update"),
      ].map { kind, raw in
        let own = times[kind] ?? []
        let bare = times[raw] ?? []
        let ratio = zip(bare, own).map { $0 / $1 }.median
        return Figure(
          what: "apply \(Figure.number(Double(count))) \(kind) rows (bare \(raw))",
          reached: "\(Figure.number(Double(count) / own.median)) rows/s",
          limit: "\(Figure.number(Double(count) / bare.median)) rows/s", ratio: ratio,
          mark: raw == "insert" ? "60 %" : "", isMet: raw == "insert" ? ratio >= 0.6 : nil)
      }
    }
  }

  private static func pages(_ count: Int, title: String) -> [[Record]] {
    stride(from: 0, to: count, by: page).map { start in
      (start..<min(start + page, count)).map { SampleContacts.record($0, title: title) }
    }
  }

  /// One round: the seconds of each kind, and those of the bare insert.
  private static func measure(
    _ new: [[Record]], _ changed: [[Record]], in folder: ScratchFolder, round: Int
  ) throws -> [String: Double] {
    let store = try Store(path: folder.path("apply-\(round).db"))
    try store.migrate()
    try store.prepare(Layout(mirrors: [SampleContacts.schema], entities: []))
    let run = try store.openRun(at: now, version: "bench", isDry: false)
    func apply(_ pages: [[Record]]) throws -> Double {
      try Stopwatch.seconds {
        for (number, records) in pages.enumerated() {
          let watermark = Watermark("\(number)", isComplete: false)
          _ = try store.apply(
            ChangePage(records: records, watermark: watermark), to: SampleContacts.schema,
            run: run, at: now)
        }
      }
    }
    var times = ["new": try apply(new)]
    let bare = try store.withConnection { handle in
      (
        rows: try RawRows(of: "dynamics_contact", on: handle),
        table: try RawConnection.text(
          "SELECT sql FROM sqlite_master WHERE name = 'dynamics_contact'", on: handle)
      )
    }
    let raw = try RawConnection(path: folder.path("bare-\(round).db"))
    try raw.execute(bare.table ?? "")
    times["insert"] = try Stopwatch.seconds {
      try bare.rows.insert(into: "dynamics_contact", on: raw, page: page)
    }
    times["changed"] = try apply(changed)
    times["unchanged"] = try apply(changed)
    times["update"] = try Stopwatch.seconds {
      try bare.rows.update("dynamics_contact", on: raw, page: page)
    }
    return times
  }
}
