extension HistoryScript {
  /// The histories that lack one thing of this one, the largest things first.
  var shorter: [HistoryScript] {
    var found: [HistoryScript] = []
    for place in rounds.indices.dropFirst() {
      var rounds = rounds
      rounds.remove(at: place)
      found.append(HistoryScript(seed: seed, rounds: rounds))
    }
    for place in rounds.indices {
      func add(_ change: (inout Round) -> Void) {
        var rounds = rounds
        change(&rounds[place])
        found.append(HistoryScript(seed: seed, rounds: rounds))
      }
      let round = rounds[place]
      if round.deathAt != nil { add { $0.deathAt = nil } }
      if round.losesDatabase { add { $0.losesDatabase = false } }
      for call in round.faults.keys.sorted() { add { $0.faults[call] = nil } }
      for call in round.during.keys.sorted() { add { $0.during[call] = nil } }
      for event in round.before.indices { add { $0.before.remove(at: event) } }
    }
    return found
  }

  /// The history for people, a line for each thing.
  var lines: [String] {
    rounds.enumerated().flatMap { place, round in
      var lines = round.before.map { "before run \(place + 1): \($0.words)" }
      if round.losesDatabase { lines.append("before run \(place + 1): the database is lost") }
      for (call, events) in round.during.sorted(by: { $0.key < $1.key }) {
        lines += events.map { "run \(place + 1), before call \(call): \($0.words)" }
      }
      for (call, fault) in round.faults.sorted(by: { $0.key < $1.key }) {
        lines.append("run \(place + 1), call \(call): \(fault.rawValue)")
      }
      if let step = round.deathAt { lines.append("run \(place + 1) dies at step \(step)") }
      return lines
    }
  }
}

extension HumanEvent {
  /// `edit_person 17 (who 3, what 2)`.
  fileprivate var words: String { "\(kind.rawValue) \(number) (who \(who), what \(what))" }
}
