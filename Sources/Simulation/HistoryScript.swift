import Model

/// Everything that people and misfortune do in one history, drawn from one seed.
public struct HistoryScript: Hashable, Sendable {
  public var seed: UInt64
  public var rounds: [Round]

  /// What happens before and during one run.
  public struct Round: Hashable, Sendable {
    /// What people do before the run.
    public var before: [HumanEvent] = []
    /// What people do during the run, by the call before which they do it.
    public var during: [Int: [HumanEvent]] = [:]
    /// What goes wrong, by the reading call.
    public var readFaults: [Int: Fault] = [:]
    /// What goes wrong, by the writing call.
    public var writeFaults: [Int: Fault] = [:]
    /// The step at which the process dies.
    public var deathAt: Int?
    /// Whether the database is gone before the run.
    public var losesDatabase = false
    /// The side at whose address another organisation answers.
    public var impostor: Side?
    /// What somebody changed in the configuration for this run.
    public var rules: RuleChange?
    /// Seconds from the run before.
    public var pause: Int64 = 300
  }

  /// Draws a history of `length` rounds in which the given things may go wrong.
  public init(seed: UInt64, faults: Set<FaultKind> = Set(FaultKind.allCases), length: Int = 5) {
    self.seed = seed
    rounds = []
    var random = SimulationRandom(seed: seed)
    var number = 0
    func event() -> HumanEvent {
      number += 1
      let kind = Self.kinds[random.below(Self.kinds.count)]
      return HumanEvent(kind, who: random.below(64), what: random.below(64), number: number)
    }
    for place in 0..<length {
      var round = Round()
      round.pause = Self.pause(&random)
      for _ in 0..<(place == 0 ? 6 : random.below(4)) { round.before.append(event()) }
      for _ in 0..<random.below(3) {
        round.during[1 + random.below(30), default: []].append(event())
      }
      for kind in FaultKind.allCases where faults.contains(kind) && random.below(6) == 0 {
        round.add(kind, isFirst: place == 0, &random)
      }
      // Recovery is where a second death hurts most.
      if faults.contains(.death), rounds.last?.deathAt != nil, random.below(3) == 0 {
        round.deathAt = 1 + random.below(40)
      }
      // People do not wait until a write takes effect.
      if rounds.last?.writeFaults.values.contains(.lateEffect) == true, random.below(2) == 0 {
        rounds[place - 1].pause = Int64(5 + random.below(60))
        for _ in 0..<2 {
          number += 1
          round.before.append(
            HumanEvent(.editAgain, who: random.below(64), what: random.below(64), number: number))
        }
      }
      rounds.append(round)
    }
  }

  init(seed: UInt64, rounds: [Round]) {
    self.seed = seed
    self.rounds = rounds
  }

  /// Seconds up to the next run: it may be started at once, after an hour, or on the next day.
  private static func pause(_ random: inout SimulationRandom) -> Int64 {
    let seconds =
      switch random.below(32) {
      case 0: 90_000
      case 1...3: 3_700
      case 4...11: 5 + random.below(80)
      default: 60 + random.below(600)
      }
    return Int64(seconds)
  }

  /// Edits are most of what people do.
  private static let kinds: [HumanEvent.Kind] =
    HumanEvent.Kind.allCases
    + [.newLead, .newContact, .editLead, .editLead, .editContact, .editContact, .editContact]
    + [.editPerson, .editPerson, .editPerson, .editPerson, .editPerson, .optOutInMarketo]
    + [.editAgain, .editAgain, .editAgain, .editAgain, .editAgain, .editAgain, .editAgain]
    + [.editAgain, .newPerson, .newPerson, .mergePersons, .mergePersons]
}

extension HistoryScript.Round {
  fileprivate mutating func add(
    _ kind: FaultKind, isFirst: Bool, _ random: inout SimulationRandom
  ) {
    switch kind {
    case .death: deathAt = 1 + random.below(200)
    case .lostDatabase: losesDatabase = !isFirst && random.below(3) == 0
    case .otherOrganisation:
      if !isFirst, random.below(3) == 0 { impostor = random.below(2) == 0 ? .dynamics : .marketo }
    case .changedRules:
      rules = RuleChange(
        kind: RuleChange.Kind.allCases[random.below(RuleChange.Kind.allCases.count)],
        pair: random.below(16))
    // A first run writes most.
    case .call(let fault) where fault.isOfWrites:
      writeFaults[1 + random.below(isFirst ? 20 : 6)] = fault
    case .call(.qualifiedMeanwhile):
      // Whichever of them reads the leads.
      for call in 3..<15 where readFaults[call] == nil { readFaults[call] = .qualifiedMeanwhile }
    case .call(let fault): readFaults[1 + random.below(24)] = fault
    }
  }
}

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64).
struct SimulationRandom: Sendable {
  private var state: UInt64

  /// Neighbouring seeds give numbers that have nothing to do with each other.
  init(seed: UInt64) { state = Self.mixed(Self.mixed(seed) ^ 0x5851_f42d_4c95_7f2d) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The first number alone.
  func first(below limit: Int) -> Int {
    var random = self
    return random.below(limit)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
