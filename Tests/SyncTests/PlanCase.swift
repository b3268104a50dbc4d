import Model
import Store
import Sync
import Testing

/// One record on its way to a plan: begin with what agreed, then edit.
struct PlanCase {
  var planner: RecordPlanner
  var input: PlanInput
  private let id: String

  /// A linked contact `c1` whose pairs all agreed: a title, a phone, and its key.
  static func linkedContact() throws -> PlanCase {
    try PlanCase(
      SampleRecord.contact(), id: "c1", marketo: "1001",
      agreed: [
        "jobtitle": "CTO", "telephone1": "1", "source": "8", "donotbulkemail": "false",
        "employer": "", "score": "10", "_key": "c1", "_is_deleted": "false", "_owner": "",
        "_account": "",
      ])
  }

  /// A linked account `a1` whose pairs all agreed.
  static func linkedAccount() throws -> PlanCase {
    try PlanCase(
      SampleRecord.account(), id: "a1", marketo: "a1",
      agreed: ["name": "Acme", "telephone1": "1", "website": "", "optout": "false"])
  }

  /// A contact `c1` that has no counterpart.
  static func newContact(_ fields: [FieldName: Value], _ facts: Facts = Facts()) throws -> PlanCase
  {
    var made = try PlanCase(SampleRecord.contact(), id: "c1", marketo: "1001", agreed: [:])
    made.input.marketo = nil
    made.input.link = nil
    made.input.dynamics.record.fields = fields
    made.input.dynamics.record.facts = facts
    return made
  }

  private init(
    _ entity: BoundEntity, id: String, marketo: String, agreed: [String: String]
  ) throws {
    self.id = id
    planner = RecordPlanner(entity: entity, carried: [.user, .account, .lead, .contact])
    var one = Record(id: .dynamics(id), version: "W/7", fields: [:])
    var other = Record(id: .marketo(marketo), fields: [:])
    var bases: [String: Base] = [:]
    for pair in entity.pairs {
      guard let text = agreed[pair.pair.sourceName] else { continue }
      let value = try #require(
        Value(canonicalText: text, type: pair.dynamics.type, side: .dynamics))
      let translated = try #require(pair.translate(value, to: .marketo))
      bases[pair.pair.name] = Base(dynamics: value, marketo: translated)
      if let field = pair.pair.field(on: .dynamics) { one.fields[field] = value }
      other.fields[pair.pair.marketo] = translated
    }
    input = PlanInput(
      dynamics: MirrorRow(record: one, change: 7, isDirty: true, isDeleted: false),
      marketo: MirrorRow(record: other, change: 8, isDirty: false, isDeleted: false),
      link: Link(
        id: 3, entity: entity.entity, dynamicsID: id, marketoID: marketo, state: .active),
      bases: bases)
  }

  /// An edit of people, or of other systems.
  mutating func edit(_ side: Side, _ fields: [FieldName: Value]) {
    if side == .dynamics {
      input.dynamics.record.fields.merge(fields) { _, new in new }
    } else {
      input.marketo?.record.fields.merge(fields) { _, new in new }
    }
  }

  func plan() throws -> RecordPlan { try #require(planner.plan(input)) }

  /// The plan of a record that has nothing to say.
  var nothing: RecordPlan {
    RecordPlan(
      entity: planner.entity.entity, dynamicsID: id, marketoID: input.link?.marketoID,
      link: input.link?.id, dynamicsChange: 7, marketoChange: input.marketo?.change)
  }

  /// An update of one text field after an edit on the other side.
  func update(
    _ side: Side, _ field: FieldName, pair: String, from before: String, to after: String
  ) -> PlannedOperation {
    PlannedOperation(
      side: side, action: .update(ifVersion: side == .dynamics ? "W/7" : nil),
      fields: [
        PlannedField(
          pair: pair, field: field, source: .text(after), sent: .text(after),
          predicted: .text(after), before: .text(before), base: input.bases[pair],
          action: .updated, winner: nil, rule: "changed in \(side.opposite)")
      ])
  }
}

extension RecordPlan {
  /// What is sent to `side`, by field.
  func sent(to side: Side) -> [FieldName: Value] {
    let fields = operations.filter { $0.side == side }.flatMap(\.fields)
    return Dictionary(fields.map { ($0.field, $0.sent) }) { _, last in last }
  }
}
