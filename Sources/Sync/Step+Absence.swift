import Model
import Store

extension Step {
  /// Stops if a full read shows so few records that something else than deleting must have happened.
  ///
  /// Nothing of the read counts then: the next run reads everything again.
  func guardAgainstAbsence(after page: ChangePage, in schema: ObjectSchema) throws {
    guard let absence = try store.absence(after: page, in: schema, run: run) else { return }
    do {
      try guardAgainst(
        in: schema, how: "were not in a full read", missing: absence.missing.count
      ) { absence }
    } catch {
      try store.forgetWatermark(of: feed(of: schema))
      throw error
    }
  }

  /// Stops if more records are missing than may be taken for deleted, these or all of the run so far.
  ///
  /// `strangers` are records that answered to a linked one's id and say to be another.
  func guardAgainstMassAbsence(
    _ missing: [String], strangers: [String] = [], in schema: ObjectSchema
  ) throws {
    let lost = Set(missing + strangers)
    guard !lost.isEmpty else { return }
    let how = strangers.isEmpty ? "were not found" : "were not found or are others by their key"
    let earlier = tally.missing(of: schema.object)
    for absent in [lost, lost.union(earlier)] {
      let isAllowed = try guardAgainst(in: schema, how: how, missing: absent.count) {
        let living = try tally.expected(of: schema.object) {
          try store.livingCount(in: schema) + earlier.count
        }
        return Absence(missing: absent.sorted(), expected: max(living, absent.count))
      }
      if isAllowed { return }
    }
    tally.add(missing: lost, of: schema.object)
  }

  /// The same for a few records, looked up on the way.
  ///
  /// If it stops, none of what was missing in this run counts, and the next one looks at everything
  /// before it writes.
  func guardAgainstCreepingAbsence(
    _ missing: [String], strangers: [String], in schema: ObjectSchema
  ) throws {
    do {
      try guardAgainstMassAbsence(missing, strangers: strangers, in: schema)
    } catch let error as RunError {
      try store.doubt(tally.missing(of: schema.object), in: schema)
      if schema.feed == .records {
        try store.forgetWatermark(of: feed(of: schema))
      } else {
        try store.markAllStale(in: schema)
      }
      throw error
    }
  }

  /// Tells whether a person allowed the absence by its digest; throws where it is over a limit.
  ///
  /// How many there should be is counted only where that may decide.
  @discardableResult
  private func guardAgainst(
    in schema: ObjectSchema, how: String, missing: Int, absence: () throws -> Absence
  ) throws -> Bool {
    let limits = Guard(limits: engine.rules.limits)
    let side = schema.object.side
    let isNewlyAdopted = try store.isNewlyAdopted(side)
    guard limits.mayObject(toMissing: missing, isNewlyAdopted: isNewlyAdopted) else { return false }
    let absence = try absence()
    guard let limit = limits.limit(on: absence, isNewlyAdopted: isNewlyAdopted) else {
      return false
    }
    let digest = store.digest(of: absence.missing)
    if options.allowedMass == digest { return true }
    throw refusal(
      [
        "\(absence.missing.count) of \(absence.expected) \(schema.object) records \(how) "
          + "(limit \(limit))"
      ], digest: digest, hint: "look whether the \(side) user may still see them")
  }

  /// After an adoption: the ids of the persons found that carry another key than their link's.
  ///
  /// Marketo's ids are small numbers: in another subscription they are other persons.
  func strangers(among records: [Record], in schema: ObjectSchema) throws -> Set<String> {
    guard schema.object == .person, try store.isNewlyAdopted(schema.object.side) else { return [] }
    let links = try store.links(ofMarketo: records.map(\.id.text))
    return Set(
      records.filter { record in
        links[record.id.text].map { $0.dynamicsID != record.facts.key } ?? false
      }.map(\.id.text))
  }
}
