import Store

/// Planning changed records: the time for each must not grow with their number, or with collisions.
enum PlanBench {
  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] {
    let many = size.of(100_000, small: 10_000)
    return try await ScratchFolder.use { folder in
      var figures: [Figure] = []
      for share in [0, 1, 100] {
        let few = try await seconds(many / 10, share, folder.path("few-\(share).db"))
        let found = try await seconds(many, share, folder.path("many-\(share).db"))
        figures.append(
          Figure(
            what: "plan \(Figure.number(Double(many))) changed links, \(share) % collide",
            reached: "\(Figure.number(found * 1e6)) µs/record",
            limit: "\(Figure.number(few * 1e6)) at a tenth", ratio: few / found,
            mark: "flat (80 %)",
            isMet: few / found >= 0.8))
      }
      return figures
    }
  }

  /// The seconds for each record of a plan over `count` records.
  private static func seconds(
    _ count: Int, _ colliding: Int, _ path: String
  ) async throws -> Double {
    let world = try BenchEngine(path: path, contacts: 0, accounts: 0)
    try await world.run()
    try LinkedContacts.fill(world.store, count: count)
    try world.store.withConnection { handle in
      try RawConnection.execute(
        """
        UPDATE dynamics_contact SET jobtitle = 'Head of Sales ' || rowid, _is_dirty = 1,
          _change = \(count) + rowid;
        UPDATE marketo_person SET title = 'Head of Marketing', _is_dirty = 1,
          _change = \(2 * count) + rowid WHERE rowid % 100 < \(colliding);
        UPDATE change_sequence SET value = \(3 * count);
        """, on: handle)
    }
    let report = try await world.run(isDry: true)
    guard report.counts.operationsPlanned >= count else {
      throw RawError(words: "only \(report.counts.operationsPlanned) operations were planned")
    }
    return Double(report.counts.milliseconds["plan"] ?? 0) / 1000 / Double(count)
  }
}
