import Model
import Store

extension RecordPlanner {
  /// Plans the Dynamics record that a Marketo person is to become: a create with every value that the
  /// person has and the fields' directions let through.
  ///
  /// `owner` is who it is assigned to; `nil`, or one whom Dynamics refused, leaves that to Dynamics. A
  /// contact gets no account.
  public func request(_ request: RequestInput, owner: Reference?) -> RecordPlan {
    let person = request.person.record
    let blank = MirrorRow(
      record: Record(id: .dynamics(request.recordID), fields: [:]), change: 0, isDirty: true,
      isDeleted: false)
    let input = PlanInput(
      dynamics: blank, marketo: request.person, refusals: request.refusals)
    var plan = RecordPlan(
      entity: entity.entity, dynamicsID: request.recordID, marketoID: person.id.text, link: nil,
      dynamicsChange: nil, marketoChange: request.person.change)
    var fields: [Side: [PlannedField]] = [:]
    for pair in entity.pairs {
      guard case .field = pair.pair.source, pair.dynamics.canCreate,
        pair.pair.direction.allows(writingTo: .dynamics),
        let value = person.fields[pair.pair.marketo], !value.isEmpty,
        !pair.marketo.isOfCompany || person.facts.account == nil
      else { continue }
      let decided = Decided(
        pair: pair, dynamics: .empty, marketo: value, base: nil,
        outcome: pair.translate(value, to: .dynamics) == nil
          ? .unsettled(because: .untranslatable, side: .dynamics)
          : .write(to: .dynamics, because: .requested))
      add(decided, to: &plan, fields: &fields, input: input)
    }
    var written = fields[.dynamics] ?? []
    if let assignment = owner.map(Self.assignment),
      !isRefused(assignment, .dynamics, input, &plan)
    {
      written.append(assignment)
    }
    guard !isRefused(written, side: .dynamics, input, &plan) else { return plan }
    plan.operations = [
      PlannedOperation(side: .dynamics, action: .create(key: request.recordID), fields: written)
    ]
    return plan
  }

  private static func assignment(to owner: Reference) -> PlannedField {
    PlannedField(
      pair: FieldName.owner.rawValue, field: .owner, source: .empty, sent: .reference(owner),
      predicted: .reference(owner), before: .empty, base: nil, action: .created, winner: nil,
      rule: Reason.requested.text)
  }
}
