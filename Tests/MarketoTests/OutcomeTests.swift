import Model
import Testing
import Transport

@testable import Marketo

/// What the reasons of a skipped record come to.
@Suite struct OutcomeTests {
  @Test(
    arguments: [
      (1004, Self.update, "gone"), (1004, Self.delete, "gone"), (1004, Self.create, "rejected"),
      (1013, Self.update, "rejected"), (1013, Self.delete, "gone"),
      (1005, Self.create, "overtaken"),
      (1017, Self.create, "overtaken"), (1001, Self.update, "rejected"),
      (1002, Self.update, "rejected"), (1003, Self.update, "rejected"),
      (1006, Self.update, "rejected"), (1007, Self.create, "rejected"),
      (1008, Self.create, "rejected"), (1009, Self.create, "rejected"),
      (1010, Self.create, "rejected"), (1021, Self.update, "rejected"),
      (1022, Self.delete, "rejected"), (1036, Self.create, "rejected"),
      (4711, Self.update, "rejected"), (604, Self.update, "postponed"),
      (713, Self.update, "postponed"), (719, Self.update, "postponed"),
      (1016, Self.update, "postponed"), (1029, Self.update, "postponed"),
    ] as [(Int, Write.Action, String)])
  func `each reason has its outcome`(code: Int, action: Write.Action, name: String) throws {
    let write = Write(operation: 1, object: .person, action: action, fields: [:])
    let outcome = try Self.outcome(of: code, "", for: write)
    #expect(Self.name(outcome) == name)
    if case .postponed(let error) = outcome { #expect(!error.mayHaveApplied) }
  }

  @Test(
    arguments: [
      (1006, "Field 'FirstName' not found", "firstName"),
      (1002, "Missing value for the required parameter 'firstName'", "firstName"),
      (1001, "Invalid value 'soon'. Required of type 'date'", "dateOfBirth"),
      (1001, "Invalid value 'twice'. Required of type 'integer'", nil),
      (1001, "Invalid value 'firstName'. Required of type 'integer'", nil),
      (1003, "externalCompanyId cannot be emptied", "externalCompanyId"),
      (1003, "Email address is invalid", nil),
      (1013, "Object not found", "externalCompanyId"),
      (1021, "Company field update not allowed", "annualRevenue"),
    ] as [(Int, String, FieldName?)])
  func `the field is blamed where the words allow it`(
    code: Int, message: String, field: FieldName?
  ) throws {
    let write = Write(
      operation: 1, object: .person, action: Self.create,
      fields: [
        "firstName": .text("twice"), "lastName": .text("twice"), "email": .text("x"),
        "dateOfBirth": .text("soon"), "externalCompanyId": .text("a1"),
        "annualRevenue": .integer(5),
      ])
    #expect(
      try Self.outcome(of: code, message, for: write)
        == .rejected(Rejection(code: String(code), message: message, field: field)))
  }

  private static let create = Write.Action.create(key: "k1")
  private static let update = Write.Action.update(.marketo("1"), ifVersion: nil)
  private static let delete = Write.Action.delete(.marketo("1"))

  private static func outcome(
    of code: Int, _ message: String, for write: Write
  ) throws -> WriteResult.Outcome? {
    let form = WriteForm(
      object: .person, schema: Fixture.person, kind: WriteKind(write.action),
      settings: try Fixture.settings())
    let item: JSON = [
      "status": "skipped",
      "reasons": [["code": .string(String(code)), "message": .string(message)]],
    ]
    return OutcomeReader(form: form).results(
      of: [write], in: Envelope(result: [item]), call: form.call([write])
    ).first?.outcome
  }

  private static func name(_ outcome: WriteResult.Outcome?) -> String {
    switch outcome {
    case .applied: "applied"
    case .rejected: "rejected"
    case .overtaken: "overtaken"
    case .gone: "gone"
    case .postponed: "postponed"
    case .unknown: "unknown"
    case nil: "none"
    }
  }
}
