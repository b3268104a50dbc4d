import Foundation
import Model
import Store
import Sync
import Testing

/// One case of `merge-cases.json`; the words are explained at the head of that file.
struct MergeCase: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var fields: SamplePair?
  var direction: String?
  var rule: String?
  var entity: String?
  var base: Both?
  var dynamics: String?
  var marketo: String?
  var then: String
  var because: String
  var stored: String?

  struct Both: Decodable, Sendable {
    var dynamics: String
    var marketo: String
  }

  private enum CodingKeys: String, CodingKey {
    case name = "case"
    case fields, direction, rule, entity, base, dynamics, marketo, then, because, stored
  }

  var testDescription: String { name }

  /// All cases of the file.
  static func all() throws -> [MergeCase] {
    struct File: Decodable {
      var cases: [MergeCase]
    }
    let url = try #require(Bundle.module.url(forResource: "merge-cases", withExtension: "json"))
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }

  func pair() throws -> BoundPair {
    try (fields ?? .text).bound(
      direction: try #require(Direction(rawValue: direction ?? "both")),
      winner: try rule.map { try #require(Winner(rawValue: $0)) })
  }

  func value(_ text: String?, on side: Side) throws -> Value {
    let type = try pair().field(on: side).type
    return try #require(Value(canonicalText: text, type: type, side: side))
  }

  /// The case's outcome and prediction in the file's own words.
  func decide() throws -> Answer {
    let pair = try pair()
    let winner = try #require(Winner(rawValue: entity ?? "dynamics"))
    let values = (try value(dynamics, on: .dynamics), try value(marketo, on: .marketo))
    let base = try base.map {
      Base(
        dynamics: try value($0.dynamics, on: .dynamics),
        marketo: try value($0.marketo, on: .marketo))
    }
    let outcome = Reconciler(pair: pair, entityWinner: winner)
      .outcome(dynamics: values.0, marketo: values.1, base: base)
    switch outcome {
    case .keep(let reason): return Answer("nothing", reason)
    case .agree(let reason): return Answer("agree", reason)
    case .unsettled(let reason, _): return Answer("ask a person", reason)
    case .write(let side, let reason):
      let source = side == .marketo ? values.0 : values.1
      let stored = pair.predicted(source, on: side)?.canonicalText ?? ""
      return Answer("write to \(side)", reason, stored: stored)
    }
  }

  var expected: Answer { Answer(then: then, because: because, stored: stored) }

  struct Answer: Hashable {
    var then: String
    var because: String
    var stored: String?

    init(then: String, because: String, stored: String?) {
      self.then = then
      self.because = because
      self.stored = stored
    }

    init(_ then: String, _ reason: Reason, stored: String? = nil) {
      self.init(then: then, because: reason.text, stored: stored)
    }
  }
}
