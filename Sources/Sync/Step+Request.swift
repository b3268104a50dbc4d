import Model
import Store

extension Step {
  /// Plans the Dynamics records that persons are to become: those of the command line, else those
  /// that ask for it in a field of their own.
  ///
  /// Tells how many writes that takes.
  func planRequests() async throws -> Int {
    guard let schema = layout.schema(.person) else { return 0 }
    if let focus {
      try await engine.confirmMetadata()
      let persons = try store.unlinkedPersons(focus.assignments.keys.sorted(), in: schema)
      return try persons.reduce(0) { count, person in
        guard let assignment = focus.assignments[person.record.id.text] else { return count }
        return try count
          + plan(person, as: assignment.request.entity, owner: assignment.owner)
      }
    }
    var planned = 0
    var last: Int64 = 0
    while true {
      try checkStop()
      let persons = try store.requestingPersons(in: schema, after: last, limit: engine.chunk)
      guard let end = persons.last else { return planned }
      try await engine.confirmMetadata()
      for person in persons {
        let word = person.record.facts.syncAs?.lowercased() ?? ""
        planned += try plan(person, as: Entity(rawValue: word), owner: nil)
      }
      last = end.change
    }
  }

  private func plan(_ person: MirrorRow, as entity: Entity, owner: Reference?) throws -> Int {
    let asked = layout.entities.filter { $0.rule.marketo == .person }
    guard let bound = asked.first(where: { $0.entity == entity }) ?? asked.first else { return 0 }
    guard options.only.isEmpty || options.only.contains(bound.entity) else { return 0 }
    let input = try store.requestInput(for: person, as: bound.entity, at: engine.now())
    var plan: RecordPlan
    if bound.entity == entity {
      plan = RecordPlanner(entity: bound, carried: []).request(input, owner: owner ?? input.owner)
    } else {
      plan = RecordPlan(
        entity: bound.entity, dynamicsID: input.recordID, marketoID: person.record.id.text,
        link: nil, dynamicsChange: nil, marketoChange: person.change)
      plan.unsettled = [unknownWish(entity, of: asked)]
    }
    try store.record([plan], for: bound, run: run, at: engine.now())
    return plan.operations.count
  }

  private func unknownWish(_ entity: Entity, of asked: [BoundEntity]) -> UnsettledField {
    let words = asked.map { "'\($0.entity)'" }.joined(separator: " or ")
    return UnsettledField(
      pair: "", trouble: .untranslatable, side: .dynamics, content: entity.rawValue,
      message: "the person asks to become '\(entity)', which is none of what persons become;"
        + " write \(words)")
  }
}

extension Engine {
  /// What became of the requests of the command line.
  func requestOutcomes(
    _ requests: [SyncRequest], unknown: Set<String>?, run: Int64
  ) throws -> [RequestOutcome] {
    try requests.map { request in
      RequestOutcome(
        person: request.person, entity: request.entity,
        outcome: unknown?.contains(request.person.text) == true
          ? .unknownPerson : try outcome(of: request, run: run))
    }
  }

  private func outcome(
    of request: SyncRequest, run: Int64
  ) throws -> RequestOutcome.Outcome {
    let state = try store.requestState(of: request.person.text, run: run)
    if let link = state.link {
      let record = RecordID.dynamics(link.dynamicsID)
      switch state.linkedNow {
      case .request?:
        return state.refusal.map { .createdInPart(record, code: $0.code, message: $0.message) }
          ?? .created(record)
      case let how?: return .linked(link.entity, record, by: how)
      case nil: break
      }
      try store.logNeedlessRequest(link, as: request.entity, run: run, at: now())
      return .alreadyLinked(link.entity, record)
    }
    guard state.rivals.isEmpty else {
      let rivals = state.rivals.map { "\($0.entity) \($0.dynamicsID)" }.joined(separator: ", ")
      return .waiting(
        "it may be one that stands in Dynamics (\(rivals)); merge the duplicates, or write the right"
          + " one's id into the person's key field")
    }
    if let refusal = state.refusal {
      return .refused(code: refusal.code, message: refusal.message)
    }
    return .waiting("the answer of Dynamics is not known yet; run it again")
  }
}
