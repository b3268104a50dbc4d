import Model

/// One pair of fields as both services' metadata has it.
struct SurveyedField: Hashable, Sendable {
  var entity: Entity
  var pair: FieldPair
  /// Who wins a collision: the pair's own winner, else the entity's.
  var winner: Winner
  /// `nil` where the service does not have the field; a derived value has a made-up one.
  var dynamics: Field?
  var marketo: Field?
  /// How a change on the side is found; `nil` for what is derived or unknown.
  var dynamicsTold: Telling?
  var marketoTold: Telling?
  /// Why the pair does not sync; `nil` where it does.
  var stopped: String?

  /// How a change to a field is found.
  enum Telling: String, Hashable, Sendable {
    /// The side's change feed tells of it.
    case feed
    /// No feed tells of it: reading everything again, once a day, finds it.
    case sweep
    /// The side has no feed for the object: a record is looked up before it is written.
    case lookup
  }
}
