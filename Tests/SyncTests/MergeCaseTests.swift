import Foundation
import Model
import Testing

@testable import Simulation

/// `merge-cases.json`: what is done about each situation, written down before it is computed.
@Suite struct MergeCaseTests {
  private static func all() throws -> [MergeCase] {
    let url = try #require(Bundle.module.url(forResource: "merge-cases", withExtension: "json"))
    return try CaseFile(json: Data(contentsOf: url)).cases
  }

  @Test(arguments: try all())
  func `a record is planned as the case says`(_ item: MergeCase) throws {
    for verdict in try item.verdicts() where !verdict.isRight {
      Issue.record("\(item.explanation(of: verdict).joined(separator: "\n"))")
    }
  }

  @Test func `no two cases have the same name or the same content`() throws {
    let cases = try Self.all()
    let contents = cases.map { item in
      var bare = item
      bare.name = ""
      return bare
    }

    #expect(cases.count >= 200)
    #expect(Set(cases.map(\.name)).count == cases.count)
    #expect(Set(contents).count == cases.count)
  }

  @Test func `each case says the reason, and each write what is stored`() throws {
    for item in try Self.all() {
      for pair in item.pairs {
        #expect(pair.expected.because != nil, "\(item.name)")
        let isWrite = pair.expected.then.hasPrefix("write")
        #expect((pair.expected.stored != nil) == isWrite, "\(item.name)")
      }
    }
  }

  /// Every situation of two values and their bases.
  private static let situations: Set<String> = [
    "unchanged, unchanged", "edited, unchanged", "unchanged, edited", "emptied, unchanged",
    "unchanged, emptied", "edited, edited", "edited alike", "emptied, edited", "edited, emptied",
    "emptied, emptied", "first link: equal", "first link: different", "first link: dynamics alone",
    "first link: marketo alone", "first link: empty",
  ]

  @Test(arguments: ["lead", "contact", "dynamics", "marketo", "non_empty", "manual", "true_wins"])
  func `each rule meets each situation`(_ rule: String) throws {
    let cases = try Self.all().filter { item in
      item.pairs.count == 1 && item.entityWinner == nil
        && (item.pairs[0].direction ?? .both) == .both
        && (item.pairs[0].winner?.rawValue ?? item.entity.rawValue) == rule
        && [.text, .optOut].contains(item.pairs[0].kind)
    }

    #expect(Self.situations.subtracting(cases.map(\.pairs[0].situation)) == [])
  }

  @Test(arguments: [Direction.toMarketo, .toDynamics])
  func `each direction meets each situation`(_ direction: Direction) throws {
    let cases = try Self.all().filter {
      $0.pairs.count == 1 && $0.pairs[0].direction == direction && $0.pairs[0].kind == .text
    }

    #expect(Self.situations.subtracting(cases.map(\.pairs[0].situation)) == [])
  }

  @Test func `the cases have every kind of field, every rule and every answer`() throws {
    let pairs = try Self.all().flatMap(\.pairs)

    #expect(Set(pairs.compactMap(\.kind)) == Set(FieldKind.allCases))
    #expect(Set(pairs.compactMap(\.winner)) == Set(Winner.allCases))
    #expect(Set(pairs.map(\.expected.then)) == Set(CaseAnswer.known))
    #expect(try Set(Self.all().map(\.entity)).isSuperset(of: [.lead, .contact, .account]))
  }
}

extension MergeCase: CustomTestStringConvertible {
  public var testDescription: String { name }
}

extension CasePair {
  /// What happened to the two values since they agreed, in words.
  fileprivate var situation: String {
    let (one, other) = (dynamics ?? "", marketo ?? "")
    guard let base else {
      let words =
        one.isEmpty && other.isEmpty
        ? "empty"
        : one == other
          ? "equal" : one.isEmpty ? "marketo alone" : other.isEmpty ? "dynamics alone" : "different"
      return "first link: \(words)"
    }
    let changes = [(one, base.dynamics ?? ""), (other, base.marketo ?? "")].map { now, before in
      now == before ? "unchanged" : now.isEmpty ? "emptied" : "edited"
    }
    if changes == ["edited", "edited"], one == other { return "edited alike" }
    return changes.joined(separator: ", ")
  }
}
