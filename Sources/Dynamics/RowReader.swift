import Model
import Transport

/// Translates rows of one table into records.
struct RowReader: Sendable {
  let schema: ObjectSchema
  let table: Table
  let facts: FactColumns
  /// Secured columns of which it is not known whether the sync user may read them: null tells
  /// nothing there.
  let unsure: Set<FieldName>
  /// What people see for the table's states, by number.
  let stateLabels: [Int: String]
  /// The kinds of records by the vendor's names of their tables.
  private let objects: [String: ObjectType]

  init(
    schema: ObjectSchema, table: Table, settings: DynamicsSettings,
    unsure: Set<FieldName> = [], stateLabels: [Int: String] = [:]
  ) {
    self.schema = schema
    self.table = table
    self.unsure = unsure
    self.stateLabels = stateLabels
    objects = settings.objects
    facts = FactColumns(table, settings.settings(for: schema.object))
  }

  /// The properties that a read asks for, sorted, each once.
  var properties: [String] {
    let fields = schema.fields.values.filter(\.isReadable).map(Self.property)
    return Set(fields + facts.properties + [table.primaryID]).sorted()
  }

  private static func property(of field: Field) -> String {
    field.type == .reference ? "_\(field.name)_value" : field.name.rawValue
  }

  /// The record that a row holds.
  ///
  /// A field whose member is not as documented is left out of the record, and named beside it. Throws
  /// for a row without its id alone.
  func read(_ row: JSON) throws(NamelessRow) -> ReadRow {
    guard let id = row[table.primaryID]?.string else { throw NamelessRow() }
    var fields: [FieldName: Value] = [:]
    var unreadable: [FieldName] = []
    for field in schema.fields.values where field.isReadable {
      guard let member = row[Self.property(of: field)] else { continue }
      guard let value = value(of: field, member, in: row) else {
        unreadable.append(field.name)
        continue
      }
      if value.isEmpty, unsure.contains(field.name) { continue }
      fields[field.name] = value
    }
    let record = Record(
      id: .dynamics(id.lowercased()), version: row["@odata.etag"]?.string, fields: fields,
      facts: facts(of: row))
    return ReadRow(record: record, unreadable: unreadable.sorted())
  }

  /// `nil` for a member that is no value of the field's type.
  private func value(of field: Field, _ member: JSON, in row: JSON) -> Value? {
    guard !member.isNull, member.string != "" else { return .empty }
    return switch field.type {
    case .text: member.string.map(Value.text)
    case .integer: member.integer.map(Value.integer)
    case .decimal: member.decimal.map(Value.decimal)
    case .boolean: member.boolean.map(Value.boolean)
    case .date: member.string.flatMap { CalendarDate($0) }.map(Value.date)
    case .instant: member.string.flatMap { Instant($0) }.map(Value.instant)
    case .guid: member.string.flatMap { GUID($0) }.map(Value.guid)
    case .option: member.integer.map { Value.option(Int($0)) }
    case .reference: reference(Self.property(of: field), in: row).map(Value.reference)
    }
  }

  /// A look-up's target; which table it points into is told by an annotation alone.
  ///
  /// A table that is not configured is a kind of record by its own name.
  func reference(_ property: String, in row: JSON, default table: String = "") -> Reference? {
    guard let id = row[property]?.string else { return nil }
    let annotation = row["\(property)@Microsoft.Dynamics.CRM.lookuplogicalname"]?.string
    let name = annotation ?? table
    return Reference(
      objects[name] ?? ObjectType(.dynamics, name), .dynamics(id.lowercased()))
  }
}

/// A row as it was read.
struct ReadRow: Hashable, Sendable {
  var record: Record
  /// The fields whose members are not what the metadata promises, sorted.
  var unreadable: [FieldName]
}

/// A row without the id that makes it a record.
struct NamelessRow: Error, Hashable, Sendable {}
