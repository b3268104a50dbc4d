import Model
import Simulation
import Store
import Sync

/// A planner that was spoilt in one place.
enum PlannedFault: String, CaseIterable, Sendable {
  case optOutForgotten, oneBase, directionForgotten, otherSideWins, unknownBaseTaken, editDropped
  case firstFieldsAlone, agreementForgotten, filterForgotten, companyForgotten, rawText

  /// What it breaks; several where it depends on the case.
  var promises: [String] {
    switch self {
    case .optOutForgotten: ["an opt-out is undone", "loses", "is lost", "does not arrive"]
    case .oneBase: ["names values that nobody holds", "equal and not", "agreed on"]
    case .directionForgotten: ["direction"]
    case .otherSideWins: ["against the rule"]
    case .unknownBaseTaken: ["names values that nobody holds", "agreed", "does not arrive"]
    case .editDropped: ["does not arrive"]
    case .firstFieldsAlone: ["order", "does not arrive"]
    case .agreementForgotten: ["equal and not agreed on"]
    case .filterForgotten: ["left alone", "takes no part"]
    case .companyForgotten: ["takes no part"]
    case .rawText: ["nobody entered"]
    }
  }

  var plan: PlannerProperties.Plan {
    { planner, input in
      var (planner, input) = (planner, input)
      spoil(&planner, &input)
      guard var plan = planner.plan(input) else { return nil }
      spoil(&plan)
      return plan
    }
  }

  private func spoil(_ planner: inout RecordPlanner, _ input: inout PlanInput) {
    switch self {
    case .optOutForgotten:
      change(&planner) { if $0.pair.winner == .trueWins { $0.pair.winner = nil } }
    case .directionForgotten: change(&planner) { $0.pair.direction = .both }
    case .companyForgotten: change(&planner) { $0.marketo.isOfCompany = false }
    case .otherSideWins:
      let isMarketo = planner.entity.rule.winner == .marketo
      planner.entity.rule.winner = isMarketo ? .dynamics : .marketo
    case .oneBase:
      input.bases = input.bases.mapValues { Base(dynamics: $0.dynamics, marketo: $0.dynamics) }
    case .unknownBaseTaken:
      for pair in planner.entity.pairs where input.bases[pair.pair.name] == nil {
        let held = input.marketo?.record.fields[pair.pair.marketo] ?? .empty
        input.bases[pair.pair.name] = Base(dynamics: .text("?"), marketo: held)
      }
    case .filterForgotten: input.dynamics.record.facts.isIncluded = true
    case .editDropped, .firstFieldsAlone, .agreementForgotten, .rawText: break
    }
  }

  private func change(_ planner: inout RecordPlanner, _ change: (inout BoundPair) -> Void) {
    for place in planner.entity.pairs.indices { change(&planner.entity.pairs[place]) }
  }

  private func spoil(_ plan: inout RecordPlan) {
    for place in plan.operations.indices {
      switch self {
      case .editDropped where plan.operations[place].fields.count > 1:
        plan.operations[place].fields.removeLast()
      case .firstFieldsAlone:
        plan.operations[place].fields = Array(plan.operations[place].fields.prefix(2))
      case .rawText:
        for field in plan.operations[place].fields.indices {
          plan.operations[place].fields[field].predicted =
            plan.operations[place].fields[field].source
        }
      default: break
      }
    }
    if self == .agreementForgotten { plan.agreed = [] }
  }
}
