import Model
import Store

extension Step {
  /// Stops if a full read shows so few records that something else than deleting must have happened.
  ///
  /// Nothing of the read counts then: the next run reads everything again.
  func guardAgainstAbsence(after page: ChangePage, in schema: ObjectSchema) throws {
    guard let absence = try store.absence(after: page, in: schema, run: run) else { return }
    do {
      try guardAgainst(absence, in: schema, how: "were not in a full read")
    } catch {
      try store.forgetWatermark(of: feed(of: schema))
      throw error
    }
  }

  /// Stops if more records are missing than may be taken for deleted.
  ///
  /// `strangers` are records that answered to a linked one's id and say to be another.
  func guardAgainstMassAbsence(
    _ missing: [String], strangers: [String] = [], in schema: ObjectSchema
  ) throws {
    let lost = (missing + strangers).sorted()
    guard !lost.isEmpty else { return }
    let absence = Absence(
      missing: lost, expected: max(try store.livingCount(in: schema), lost.count))
    try guardAgainst(
      absence, in: schema,
      how: strangers.isEmpty ? "were not found" : "were not found or are others by their key")
  }

  private func guardAgainst(_ absence: Absence, in schema: ObjectSchema, how: String) throws {
    let limits = Guard(limits: engine.rules.limits)
    let side = schema.object.side
    guard
      let limit = limits.limit(
        on: absence, isNewlyAdopted: try store.isNewlyAdopted(side))
    else { return }
    let digest = store.digest(of: absence.missing)
    if options.allowedMass == digest { return }
    throw refusal(
      [
        "\(absence.missing.count) of \(absence.expected) \(schema.object) records \(how) "
          + "(limit \(limit))"
      ], digest: digest, hint: "look whether the \(side) user may still see them",
      hasWritten: false)
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
