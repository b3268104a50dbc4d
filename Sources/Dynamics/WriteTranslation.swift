import Model
import Transport

/// Translates writes to one table into parts of a batch.
struct WriteTranslation: Sendable {
  let root: String
  let schema: ObjectSchema
  let table: Table
  /// What the answer of a write must show.
  let properties: [String]
  /// The names under which look-ups are written.
  let navigations: [LookupTarget: Navigation]

  /// A look-up column together with the kind of record that it is to point at; `nil` for none.
  struct LookupTarget: Hashable, Sendable {
    var column: FieldName
    var object: ObjectType?
  }

  /// How a look-up is written: the property's name, and the set of the record that it points at.
  struct Navigation: Hashable, Sendable {
    var name: String
    var entitySet: String?
  }

  /// The look-ups of a write, for which ``navigations`` must hold a name.
  static func targets(of write: Write, in schema: ObjectSchema) -> [LookupTarget] {
    write.fields.compactMap { name, value in
      switch value {
      case .reference(let reference):
        LookupTarget(column: column(name), object: reference.object)
      case .empty where schema.fields[name]?.type == .reference:
        LookupTarget(column: name, object: nil)
      default: nil
      }
    }
  }

  /// The column of a written field; the owner, elsewhere a fact, has one of its own.
  private static func column(_ name: FieldName) -> FieldName {
    name == .owner ? "ownerid" : name
  }

  /// The request that carries out a write; throws where a look-up can have no such value.
  func part(for write: Write) throws(Unwritable) -> BatchPart {
    let select = "?$select=" + properties.joined(separator: ",")
    switch write.action {
    case .create(let key):
      var members = try members(of: write, isCreate: true)
      members[table.primaryID] = .string(key)
      return BatchPart(
        method: "POST", path: "\(root)/\(table.entitySet)\(select)", headers: headers(nil),
        body: JSON.object(members).encoded())
    case .update(let id, let version):
      let members = try members(of: write, isCreate: false)
      return BatchPart(
        method: "PATCH", path: row(id) + select, headers: headers(match(version)),
        body: JSON.object(members).encoded())
    case .delete(let id):
      return BatchPart(method: "DELETE", path: row(id))
    }
  }

  private func row(_ id: RecordID) -> String { "\(root)/\(table.entitySet)(\(id.text))" }

  /// Without any condition a PATCH would make the row that is not there.
  private func match(_ version: String?) -> String {
    table.checksVersions ? version ?? "*" : "*"
  }

  private func headers(_ match: String?) -> [HTTPRequest.Header] {
    var headers: [HTTPRequest.Header] = [
      .init("Content-Type", "application/json"), .init("Accept", "application/json"),
      .init("Prefer", "return=representation, \(Annotations.preference)"),
    ]
    if let match { headers.append(.init("If-Match", match)) }
    return headers
  }

  /// Columns that may not be written this way are left out: the service would drop them silently.
  private func members(
    of write: Write, isCreate: Bool
  ) throws(Unwritable) -> [String: JSON] {
    var members: [String: JSON] = [:]
    for (name, value) in write.fields {
      let field = schema.fields[name]
      guard isCreate ? field?.canCreate ?? true : field?.canUpdate ?? true else { continue }
      let isLookup = field?.type == .reference
      switch value {
      case .reference(let reference):
        let target = LookupTarget(column: Self.column(name), object: reference.object)
        guard let way = navigations[target],
          let set = way.entitySet
        else { throw Unwritable(field: name) }
        members["\(way.name)@odata.bind"] = .string("/\(set)(\(reference.id.text))")
      case .empty where isLookup && isCreate: continue
      case .empty where isLookup:
        guard let way = navigations[LookupTarget(column: name, object: nil)] else {
          throw Unwritable(field: name)
        }
        members["\(way.name)@odata.bind"] = .null
      default: members[name.rawValue] = JSON(value)
      }
    }
    return members
  }
}

/// A look-up that cannot point at the kind of record that it was given.
struct Unwritable: Error, Hashable, Sendable {
  var field: FieldName
}

extension JSON {
  /// A value as Dataverse takes it; look-ups are written otherwise.
  fileprivate init(_ value: Model.Value) {
    self =
      switch value {
      case .empty: .null
      case .text(let text): .string(text)
      case .integer(let number): .integer(number)
      case .decimal(let number): .decimal(number)
      case .boolean(let truth): .boolean(truth)
      case .date(let date): .string(date.text)
      case .instant(let instant): .string(instant.text)
      case .guid(let guid): .string(guid.text)
      case .option(let number): .integer(Int64(number))
      case .reference(let reference): .string(reference.id.text)
      }
  }
}
