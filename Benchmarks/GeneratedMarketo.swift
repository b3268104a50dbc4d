import Model
import Synchronization

/// A Marketo whose persons and companies are made up from their numbers; it keeps what was written.
final class GeneratedMarketo: Connector {
  let side = Side.marketo
  let settlingTime = Duration.zero
  private let persons: Int
  private let written = Mutex<[String: [FieldName: Value]]>([:])
  private let edits = Mutex(0)
  private let calls = Mutex<[String: Int]>([:])

  init(persons: Int) { self.persons = persons }

  /// Changes the title of every person.
  func edit() {
    edits.withLock { $0 += 1 }
    written.withLock { $0.removeAll() }
  }

  var callsByKind: [String: Int] { calls.withLock { $0 } }
  var callCount: Int { callsByKind.values.reduce(0, +) }
  private func count(_ kind: String) { calls.withLock { $0[kind, default: 0] += 1 } }

  func identify() -> PeerIdentity {
    PeerIdentity(side: .marketo, host: "bench", organisation: "bench", user: "bench")
  }
  func provision(_ objects: [ObjectDefinition]) -> [String] { [] }

  func describe(_ object: ObjectType, selecting fields: [FieldName]) throws -> ObjectSchema {
    guard var schema = BenchRules.schema(of: object) else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no such object")
    }
    schema.fields = schema.fields.filter { fields.contains($0.key) }
    return schema
  }

  func changes(in schema: ObjectSchema, after watermark: Watermark?) -> ChangePage {
    count("changes")
    let edition = edits.withLock { $0 }
    let known = watermark.flatMap { Int($0.text) } ?? edition
    let notices = known == edition ? 0..<0 : 0..<persons
    return ChangePage(
      notices: notices.map { number in
        Notice(
          id: "\(edition)-\(number)", record: .marketo(String(1000 + number)),
          event: .changed(field: "title", newValue: "Head of Marketing \(edition)"),
          at: Instant(seconds: 1_767_225_600), isFromAPI: false)
      }, watermark: Watermark("\(edition)", isComplete: true))
  }

  func find(in schema: ObjectSchema, by lookup: Lookup, values: [String]) -> [Record] {
    count("find")
    guard schema.object == .person else { return values.compactMap(company) }
    switch lookup {
    case .id: return values.compactMap { Int($0).map { person($0 - 1000) } }
    case .key: return values.compactMap { SampleContacts.number(of: $0).map(person) }
    case .email, .request: return []
    }
  }

  private func company(_ key: String) -> Record? {
    guard let number = SampleContacts.number(of: key).map({ $0 - 50_000_000 }) else { return nil }
    return Record(
      id: .marketo(key),
      fields: ["company": .text("Firm \(number)"), "mainPhone": .text("+49 40 \(number)")],
      facts: Facts(key: key))
  }

  private func person(_ number: Int) -> Record {
    let contact = SampleContacts.record(number)
    let id = String(1000 + number)
    let edition = edits.withLock { $0 }
    func value(_ field: FieldName) -> Value { contact.fields[field] ?? .empty }
    var fields: [FieldName: Value] = [
      "email": value("emailaddress1"), "firstName": value("firstname"),
      "lastName": value("lastname"), "phone": value("telephone1"),
      "title": edition == 0 ? value("jobtitle") : .text("Head of Marketing \(edition)"),
      "city": value("address1_city"), "country": value("address1_country"),
      "dynamicsId": .text(contact.id.text), "dynamicsType": .text("contact"),
      "dynamicsIsDeleted": .boolean(false),
      "externalCompanyId": .text(GeneratedDynamics.account(number % 5000)),
    ]
    if let later = written.withLock({ $0[id] }) { fields.merge(later) { _, new in new } }
    return Record(
      id: .marketo(id), fields: fields,
      facts: Facts(email: contact.facts.email, key: contact.id.text, type: "contact"))
  }

  func history(of ids: [RecordID], since: Instant) -> [Notice] { [] }
  func batchSize(for object: ObjectType) -> Int { 300 }

  func write(_ writes: [Write], to schema: ObjectSchema) -> [WriteResult] {
    count("write")
    return writes.map { write in
      guard case .update(let id, _) = write.action else {
        return WriteResult(operation: write.operation, outcome: .gone)
      }
      written.withLock { $0[id.text, default: [:]].merge(write.fields) { _, new in new } }
      return WriteResult(operation: write.operation, outcome: .applied(id: id, record: nil))
    }
  }
}
