import Foundation
import Testing

@testable import Simulation

@Suite struct CaseFileTests {
  /// What is said of a file of one case.
  private func problem(_ item: String) throws -> String {
    let text = "{\n  \"cases\": [\n    {\"case\": \"the one\", \(item)}\n  ]\n}"
    let problem = #expect(throws: CaseFileProblem.self) {
      try CaseFile(json: Data(text.utf8))
    }
    return try #require(problem).description
  }

  @Test(arguments: [
    (
      #""then": "agre""#,
      "'then' 'agre' is none of nothing, agree, write to marketo, write to dynamics, "
        + "ask a person, wait, delete in marketo"
    ),
    (#""dynamics": "a""#, "'then' is missing"),
    (
      #""winner": "dynamic", "then": "agree""#,
      "'winner' 'dynamic' is none of dynamics, marketo, non_empty, true_wins, manual"
    ),
    (
      #""direction": "left", "then": "agree""#,
      "'direction' 'left' is none of both, to_marketo, to_dynamics"
    ),
    (#""base": {"dynamics": "a"}, "then": "agree""#, "'marketo' is missing"),
    (#""dynamics": 7, "then": "agree""#, "'dynamics' is no text"),
    (
      #""fields": "money", "dynamics": "much", "then": "agree""#,
      "'much' in dynamics is no decimal"
    ),
    (
      #""entity": "account", "direction": "both", "then": "agree""#,
      "'direction' is wider than the account's, or a derived value's"
    ),
    (
      #""entity_winner": "manual", "then": "agree""#,
      "'entity_winner' is neither dynamics nor marketo"
    ),
    (
      #""fields": {"dynamics": {"type": "boolean"}, "marketo": {"type": "date"}}, "then": "agree""#,
      "a boolean cannot become a date"
    ),
    (
      #""fields": {"derived": "stage", "marketo": {}}, "then": "agree""#,
      "no case can be made of the derived value 'stage'"
    ),
    (
      #""fields": "is_deleted", "dynamics": "true", "then": "agree""#,
      "'dynamics' and 'record' do not say the same of whether it is gone"
    ),
    (
      #""pairs": [{"then": "agree"}, {"then": "agree"}]"#,
      "two pairs are called 'text'; give each a 'field'"
    ),
  ])
  func `a mistake is told with its line, its case and what would be right`(
    item: String, words: String
  ) throws {
    #expect(try problem(item) == "line 3: case 'the one': \(words)")
  }

  @Test func `a key with a slip in it is refused, not passed over`() throws {
    let words = try problem(#""winer": "marketo", "then": "agree""#)

    #expect(words.hasPrefix("line 3: case 'the one': has an unknown key 'winer'; known are case, "))
    #expect(words.contains(", winner, "))
  }

  @Test func `a file that is no JSON, or has no cases, is told`() throws {
    let torn = #expect(throws: CaseFileProblem.self) {
      try CaseFile(json: Data("{\"cases\": [".utf8))
    }
    let empty = #expect(throws: CaseFileProblem.self) {
      try CaseFile(json: Data(#"{"cases": []}"#.utf8))
    }

    #expect(try #require(torn).description.hasPrefix("this is no JSON: "))
    #expect(try #require(empty).description == "line 1: 'cases' is empty")
  }

  @Test func `a case that fails is told with bases, values, rule, expected and got`() throws {
    let text = """
      {"cases": [{"case": "wrong", "winner": "marketo", "direction": "both",
        "base": {"dynamics": "CTO", "marketo": "CTO"}, "dynamics": "CEO", "marketo": null,
        "then": "write to marketo", "stored": "CEO"}]}
      """
    let item = try CaseFile(json: Data(text.utf8)).cases[0]
    let verdict = try item.verdicts()[0]

    #expect(!verdict.isRight)
    #expect(
      item.explanation(of: verdict) == [
        "fields:   text",
        "bases:    'CTO' | 'CTO'   (dynamics | marketo)",
        "values:   'CEO' | ''",
        "rule:     entity contact, the entity's winner dynamics, the field's winner marketo, "
          + "direction both",
        "expected: write to marketo, stored: 'CEO'",
        "got:      write to dynamics, because: marketo wins: the field's rule, stored: ''",
      ])
  }

  @Test func `what a case leaves open fits everything`() {
    let got = CaseAnswer(then: "agree", because: "both sides hold the same")

    #expect(CaseAnswer(then: "agree").fits(got))
    #expect(!CaseAnswer(then: "nothing").fits(got))
    #expect(!CaseAnswer(then: "agree", because: "unchanged").fits(got))
  }
}
