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
      if round.impostor != nil { add { $0.impostor = nil } }
      if round.rules != nil { add { $0.rules = nil } }
      for call in round.readFaults.keys.sorted() { add { $0.readFaults[call] = nil } }
      for call in round.writeFaults.keys.sorted() { add { $0.writeFaults[call] = nil } }
      for call in round.during.keys.sorted() { add { $0.during[call] = nil } }
      for event in round.before.indices { add { $0.before.remove(at: event) } }
    }
    return found
  }

  /// The history for people, a line for each thing.
  var lines: [String] {
    rounds.enumerated().flatMap { place, round in
      let run = "run \(place + 1)"
      var lines = round.before.map { "before \(run): \($0.words)" }
      if round.losesDatabase { lines.append("before \(run): the database is lost") }
      if let change = round.rules {
        lines.append("\(run), rules: pair \(change.pair) \(change.kind.rawValue)")
      }
      if let side = round.impostor { lines.append("\(run): another \(side) answers") }
      for (call, events) in round.during.sorted(by: { $0.key < $1.key }) {
        lines += events.map { "\(run), before call \(call): \($0.words)" }
      }
      for (call, fault) in round.readFaults.sorted(by: { $0.key < $1.key }) {
        lines.append("\(run), read \(call): \(fault.rawValue)")
      }
      for (call, fault) in round.writeFaults.sorted(by: { $0.key < $1.key }) {
        lines.append("\(run), write \(call): \(fault.rawValue)")
      }
      if let step = round.deathAt { lines.append("\(run) dies at step \(step)") }
      return lines + ["\(round.pause) seconds later"]
    }
  }
}

extension HumanEvent {
  /// `edit_person 17 (who 3, what 2)`.
  fileprivate var words: String { "\(kind.rawValue) \(number) (who \(who), what \(what))" }
}
