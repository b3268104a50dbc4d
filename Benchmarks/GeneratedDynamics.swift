import Model
import Synchronization

/// A Dynamics that makes its rows up page by page, and holds none.
final class GeneratedDynamics: Connector {
  let side = Side.dynamics
  let settlingTime = Duration.zero
  private let contacts: Int
  private let accounts: Int
  /// How often every contact was edited.
  private let edits = Mutex(0)
  private let calls = Mutex<[String: Int]>([:])
  private static let page = 5000

  init(contacts: Int, accounts: Int) {
    self.contacts = contacts
    self.accounts = accounts
  }

  /// The id of an account; contacts have numbers below.
  static func account(_ number: Int) -> String { SampleContacts.id(50_000_000 + number) }

  /// Changes the title of every contact.
  func edit() { edits.withLock { $0 += 1 } }

  /// How many calls there were of each kind.
  var callsByKind: [String: Int] { calls.withLock { $0 } }
  var callCount: Int { callsByKind.values.reduce(0, +) }
  private func count(_ kind: String) { calls.withLock { $0[kind, default: 0] += 1 } }

  func identify() -> PeerIdentity {
    PeerIdentity(side: .dynamics, host: "bench", organisation: "bench", user: "bench")
  }
  func provision(_ objects: [ObjectDefinition]) -> [String] { [] }

  func describe(_ object: ObjectType, selecting fields: [FieldName]) throws -> ObjectSchema {
    guard var schema = BenchRules.schema(of: object) else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no such object")
    }
    schema.fields = schema.fields.filter { fields.contains($0.key) }
    return schema
  }

  /// A watermark is `edits/row`: how often everything had been edited, and the next row.
  func changes(in schema: ObjectSchema, after watermark: Watermark?) -> ChangePage {
    count("changes")
    let edition = edits.withLock { $0 }
    let total = schema.object == .contact ? contacts : accounts
    let parts = (watermark?.text ?? "0/0").split(separator: "/").compactMap { Int($0) }
    var start = parts[1]
    if watermark?.isComplete == true {
      start = parts[0] == edition || schema.object == .account ? total : 0
    }
    let end = min(total, start + Self.page)
    return ChangePage(
      records: (start..<end).map { record($0, of: schema, edition: edition) },
      isFullRead: watermark?.isComplete != true && parts[0] == 0 && edition == 0,
      watermark: Watermark("\(edition)/\(end)", isComplete: end == total))
  }

  private func record(_ number: Int, of schema: ObjectSchema, edition: Int) -> Record {
    guard schema.object == .contact else {
      return Record(
        id: .dynamics(Self.account(number)),
        fields: ["name": .text("Firm \(number)"), "telephone1": .text("+49 40 \(number)")])
    }
    var record = SampleContacts.record(number, title: Self.title(edition))
    record.fields = record.fields.filter { schema.fields[$0.key] != nil }
    record.facts.owner = nil
    record.facts.account = .dynamics(Self.account(number % max(1, accounts)))
    return record
  }

  static func title(_ edition: Int) -> String {
    edition == 0 ? "Head of Purchasing" : "Head of Purchasing \(edition)"
  }

  func find(in schema: ObjectSchema, by lookup: Lookup, values: [String]) -> [Record] {
    count("find")
    return values.compactMap { value in
      SampleContacts.number(of: value).map { record($0, of: schema, edition: 0) }
    }
  }

  func history(of ids: [RecordID], since: Instant) -> [Notice] { [] }
  func batchSize(for object: ObjectType) -> Int { 100 }

  func write(_ writes: [Write], to schema: ObjectSchema) -> [WriteResult] {
    count("write")
    return writes.map { write in
      guard case .update(let id, _) = write.action,
        let number = SampleContacts.number(of: id.text)
      else { return WriteResult(operation: write.operation, outcome: .gone) }
      var record = record(number, of: schema, edition: 0)
      record.fields.merge(write.fields) { _, new in new }
      return WriteResult(operation: write.operation, outcome: .applied(id: id, record: record))
    }
  }
}
