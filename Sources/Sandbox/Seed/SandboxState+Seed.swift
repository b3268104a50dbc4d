extension SandboxState {
  /// Fills both services with the sample organisation, through their own rules.
  ///
  /// What stands already stays: reset first for the sample alone.
  public func seed(
    _ organisation: SampleOrganisation, now: @escaping @Sendable () -> Int64
  ) throws {
    try DynamicsService(database: database, now: now).seed { seeding in
      for row in organisation.rows {
        try seeding.insert(table: row.table, id: row.id, values: row.values)
      }
      for qualification in organisation.qualified {
        try seeding.update(
          table: "lead", id: qualification.lead,
          values: [
            "statecode": .integer(1), "statuscode": .integer(3),
            "parentcontactid": .reference(table: "contact", id: qualification.contact),
            "parentaccountid": .reference(table: "account", id: qualification.account),
          ])
      }
      for merge in organisation.merged {
        try seeding.merge(table: "lead", subordinate: merge.loser, into: merge.winner)
      }
      for closing in organisation.closed {
        try seeding.close(
          opportunity: closing.opportunity, isWon: closing.isWon, revenue: closing.revenue,
          on: closing.day)
      }
    }
    try MarketoService(database: database, now: now).seed(organisation)
  }

  /// Empties both services.
  public func reset(now: @escaping @Sendable () -> Int64) throws {
    try DynamicsService(database: database, now: now).reset()
    try MarketoService(database: database, now: now).reset()
  }
}
