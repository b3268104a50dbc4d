import Model
import Testing

@testable import dynsync_cli

/// One connector under test, with an object of its side and what a person could do to it.
struct ContractSubject: Sendable {
  let connector: any Connector
  let object: ObjectType
  let email: FieldName
  let title: FieldName
  /// A value of each type that the object's fields have.
  let values: [FieldName: Value]
  /// An id of a record that never was.
  let nobody: RecordID
  /// A moment before anything happened, by the service's clock.
  var beginning = RunWiring.now() - 60
  /// An edit of the title by a person.
  let edit: @Sendable (RecordID, String) async throws -> Void
  /// A deletion by a person.
  let remove: @Sendable (RecordID) async throws -> Void

  static func dynamics(
    _ connector: any Connector,
    edit: @escaping @Sendable (RecordID, String) async throws -> Void,
    remove: @escaping @Sendable (RecordID) async throws -> Void
  ) async throws -> ContractSubject {
    let user = Reference(.user, .dynamics(try await connector.identify().user))
    return ContractSubject(
      connector: connector, object: .lead, email: "emailaddress1", title: "jobtitle",
      values: [
        "jobtitle": .text("Käufer <&>  "), "donotbulkemail": .boolean(true),
        "leadsourcecode": .option(8), "numberofemployees": .integer(42),
        "revenue": try .decimal(#require(ExactDecimal("1234.5"))),
        "estimatedclosedate": try .date(#require(CalendarDate("2026-02-28"))),
        "ownerid": .reference(user),
      ], nobody: .dynamics(key(9999)), edit: edit, remove: remove)
  }

  static func marketo(
    _ connector: any Connector,
    edit: @escaping @Sendable (RecordID, String) async throws -> Void,
    remove: @escaping @Sendable (RecordID) async throws -> Void
  ) throws -> ContractSubject {
    ContractSubject(
      connector: connector, object: .person, email: "email", title: "title",
      values: [
        "title": .text("Käufer <&>  "), "unsubscribed": .boolean(true), "leadScore": .integer(42),
        "annualRevenue": try .decimal(#require(ExactDecimal("1234.5"))),
        "dateOfBirth": try .date(#require(CalendarDate("1990-02-28"))),
        "emailSuspendedAt": try .instant(#require(Instant("2026-01-05T09:15:02Z"))),
      ], nobody: .marketo("987654321"), edit: edit, remove: remove)
  }

  /// A key that a create may choose.
  static func key(_ number: Int) -> String { MeetingCast.id(number) }

  func schema(_ more: [FieldName] = []) async throws -> ObjectSchema {
    try await connector.describe(object, selecting: values.keys.sorted() + [email] + more)
  }

  /// Makes a record and tells its id.
  @discardableResult
  func make(_ number: Int, _ fields: [FieldName: Value] = [:]) async throws -> RecordID {
    let results = try await write([(.create(key: Self.key(number)), fields)])
    guard case .applied(let id, _) = results.first?.outcome else {
      throw Surprise(results: results)
    }
    return id
  }

  /// Carries out one batch; operations are numbered from 1.
  func write(_ batch: [(Write.Action, [FieldName: Value])]) async throws -> [WriteResult] {
    let writes = batch.enumerated().map { place, write in
      Write(operation: Int64(place + 1), object: object, action: write.0, fields: write.1)
    }
    return try await connector.write(writes, to: try await schema())
  }

  func record(_ id: RecordID) async throws -> Record? {
    let found = try await connector.find(in: try await schema(), by: .id, values: [id.text])
    #expect(found.count <= 1)
    return found.first
  }

  /// Reads to the end of a feed; `told` holds the ids of everything that it named.
  func read(
    after watermark: Watermark?
  ) async throws -> (told: Set<RecordID>, gone: Set<RecordID>, watermark: Watermark) {
    let schema = try await schema()
    var told: Set<RecordID> = []
    var gone: Set<RecordID> = []
    var next = watermark
    while true {
      let page = try await connector.changes(in: schema, after: next)
      told.formUnion(page.records.map(\.id))
      gone.formUnion(page.deletions)
      for notice in page.notices {
        if notice.event == .deleted {
          gone.insert(notice.record)
        } else {
          told.insert(notice.record)
        }
      }
      next = page.watermark
      if page.watermark.isComplete { return (told, gone, page.watermark) }
    }
  }

  /// Results that a test did not want.
  struct Surprise: Error {
    var results: [WriteResult]
  }
}
