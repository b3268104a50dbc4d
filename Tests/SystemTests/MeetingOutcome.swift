import Transport

/// What the first meeting should leave behind, worked out from what stood on both sides before.
struct MeetingOutcome {
  /// One logged decision between two values.
  struct Conflict: Hashable {
    var id: String
    var field: String
    var dynamics: String?
    var marketo: String?
    var winner: String
  }

  let words: Expectation
  private(set) var conflicts: Set<Conflict> = []

  init(labels: [String: [String: String]]) { words = Expectation(labels: labels) }

  /// What both sides should hold of a pair that meets; remembers a conflict.
  mutating func meet(
    _ pair: Mapping.Pair, of seat: MeetingStanding.Seat, _ row: JSON, _ person: JSON?
  ) -> (dynamics: String?, marketo: String?) {
    let one = cell(row[pair.dynamics])
    let forMarketo = words.toMarketo(one, pair, seat.kind)
    guard let person else { return (one, forMarketo) }
    let other = cell(person[pair.marketo])
    let forDynamics = words.toDynamics(other, pair, seat.kind)
    if forMarketo == other || forDynamics == one { return (one, other) }
    guard let other else { return (one, forMarketo) }
    if one == nil {
      let goesBothWays = [.lead, .contact].contains(seat.kind) && pair.kind != .state
      return (goesBothWays ? forDynamics : nil, other)
    }
    let dynamicsWins =
      switch pair.kind {
      case .state: true
      case .flag: one == "true"
      default: seat.kind != .lead
      }
    conflicts.insert(
      Conflict(
        id: seat.id, field: "\(pair.dynamics)__\(pair.marketo)", dynamics: one, marketo: other,
        winner: dynamicsWins ? "dynamics" : "marketo"))
    return dynamicsWins ? (one, forMarketo) : (forDynamics, other)
  }
}
