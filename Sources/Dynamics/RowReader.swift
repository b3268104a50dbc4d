import Model
import Transport

/// Translates rows of one table into records.
struct RowReader: Sendable {
  let schema: ObjectSchema
  let table: Table
  let settings: DynamicsSettings
  let facts: FactColumns
  /// Secured columns of which it is not known whether the sync user may read them: null tells
  /// nothing there.
  let unsure: Set<FieldName>

  init(
    schema: ObjectSchema, table: Table, settings: DynamicsSettings, unsure: Set<FieldName> = []
  ) {
    self.schema = schema
    self.table = table
    self.settings = settings
    self.unsure = unsure
    facts = FactColumns(
      table, filterColumn: settings.settings(for: schema.object).filterColumn)
  }

  /// The properties that a read asks for, sorted, each once.
  var properties: [String] {
    let fields = schema.fields.values.filter(\.isReadable).map(Self.property)
    return Set(fields + facts.properties + [table.primaryID]).sorted()
  }

  private static func property(of field: Field) -> String {
    field.type == .reference ? "_\(field.name)_value" : field.name.rawValue
  }

  /// The record that a row holds; throws the name of the member that is not as documented.
  func record(_ row: JSON) throws(UnreadableRow) -> Record {
    guard let id = row[table.primaryID]?.string else {
      throw UnreadableRow(member: table.primaryID)
    }
    var fields: [FieldName: Value] = [:]
    for field in schema.fields.values where field.isReadable {
      guard let member = row[Self.property(of: field)] else { continue }
      let value = try value(of: field, member, in: row)
      if value.isEmpty, unsure.contains(field.name) { continue }
      fields[field.name] = value
    }
    return Record(
      id: .dynamics(id.lowercased()), version: row["@odata.etag"]?.string, fields: fields,
      facts: facts(of: row))
  }

  private func value(
    of field: Field, _ member: JSON, in row: JSON
  ) throws(UnreadableRow) -> Value {
    guard !member.isNull, member.string != "" else { return .empty }
    let value: Value? =
      switch field.type {
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
    guard let value else { throw UnreadableRow(member: field.name.rawValue) }
    return value
  }

  /// A look-up's target; which table it points into is told by an annotation alone.
  private func reference(_ property: String, in row: JSON, default table: String = "") -> Reference?
  {
    guard let id = row[property]?.string else { return nil }
    let annotation = row["\(property)@Microsoft.Dynamics.CRM.lookuplogicalname"]?.string
    return Reference(
      settings.object(named: annotation ?? table), .dynamics(id.lowercased()))
  }

  private func facts(of row: JSON) -> Facts {
    let state = state(of: row)
    let customer = facts.parentCustomer.flatMap { reference($0.property, in: row) }
    let convertedTo = state == .qualified ? id(facts.parentContact, in: row) : nil
    let isMerged = member(facts.merged, in: row)?.boolean ?? true
    return Facts(
      email: email(of: row), state: state,
      owner: facts.owner.flatMap { reference($0.property, in: row, default: "systemuser") },
      account: customer?.object == .account ? customer?.id : nil,
      mergedInto: isMerged ? id(facts.master, in: row) : nil,
      originatingLead: id(facts.originatingLead, in: row), convertedTo: convertedTo,
      isIncluded: member(facts.filter, in: row)?.boolean ?? true,
      changedAt: member(facts.modifiedOn, in: row)?.string.flatMap { Instant($0) },
      changedBy: id(facts.modifiedBy, in: row)?.text)
  }

  private func member(_ column: Column?, in row: JSON) -> JSON? {
    column.flatMap { row[$0.property] }
  }

  private func id(_ column: Column?, in row: JSON) -> RecordID? {
    member(column, in: row)?.string.map { .dynamics($0.lowercased()) }
  }

  private func email(of row: JSON) -> String? {
    guard let text = member(facts.email, in: row)?.string else { return nil }
    let bare = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    return bare.isEmpty ? nil : bare
  }

  /// A lead's states are 0 open, 1 qualified, 2 disqualified; others are 0 active, 1 inactive.
  private func state(of row: JSON) -> Facts.State {
    if member(facts.isDisabled, in: row)?.boolean == true { return .inactive }
    return switch member(facts.state, in: row)?.integer {
    case 1 where schema.object == .lead: .qualified
    case .some(let number) where number != 0: .inactive
    default: .active
    }
  }
}

/// A row whose named member is not what the metadata promises.
struct UnreadableRow: Error, Hashable, Sendable {
  var member: String
}
