import Model

/// What the simulated services know of the configuration: which objects there are, and the names of the
/// fields for the link.
struct SimulatedObjects: Sendable {
  /// The field of a Marketo object by which creates find what stands.
  let keys: [ObjectType: FieldName]
  /// The fields by which custom objects hang on others.
  let parents: [ObjectType: ParentField]
  let dynamics: Set<ObjectType>
  let personKey: FieldName
  let typeField: FieldName
  let requestField: FieldName
  private let entities: [EntityRule]
  /// Texts that people can edit, for each object, in the order of their names.
  private let editable: [ObjectType: [FieldName]]

  init(_ rules: SyncRules) {
    var keys: [ObjectType: FieldName] = [
      .person: "id", .company: "externalCompanyId", .salesPerson: "externalSalesPersonId",
      .deal: "externalOpportunityId", .role: "role_key",
    ]
    var parents: [ObjectType: ParentField] = [:]
    var editable: [ObjectType: Set<FieldName>] = [:]
    for entity in rules.entities {
      if let custom = entity.custom {
        keys[entity.marketo] = custom.keyField
        parents[entity.marketo] = ParentField(custom.linkField, of: custom.parentObject)
      }
      for pair in entity.pairs {
        if let name = pair.field(on: .dynamics), pair.direction != .toDynamics {
          editable[entity.dynamics, default: []].insert(name)
        }
        if pair.direction != .toMarketo, entity.direction != .toMarketo {
          editable[entity.marketo, default: []].insert(pair.marketo)
        }
      }
    }
    entities = rules.entities
    self.keys = keys
    self.parents = parents
    dynamics = Set(rules.entities.map(\.dynamics))
      .union([.user, .connection, .connectionRole, .contact, .lead, .account])
    let person = rules.entities.filter { $0.marketo == .person }.flatMap(\.pairs)
    func name(_ derivation: Derivation, _ usual: FieldName) -> FieldName {
      person.first { $0.source == .derived(derivation) }?.marketo ?? usual
    }
    personKey = name(.key, "dynamicsId")
    typeField = name(.type, "dynamicsType")
    requestField = name(.syncAs, "dynamicsSyncAs")
    self.editable = editable.mapValues { $0.sorted() }
  }

  /// The objects of Dynamics whose deletes go on to an object of Marketo.
  func propagating(_ object: ObjectType) -> [ObjectType] {
    entities.filter { $0.marketo == object && $0.onDelete == .propagate }.map(\.dynamics)
  }

  /// The first text among the fields of a write that people edit, but the address.
  func firstText(of write: Write) -> FieldName? {
    editable(write.object).first { name in
      let field =
        write.object.side == .dynamics
        ? SimulatedField.dynamics(name) : SimulatedField.marketo(name)
      return write.fields[name] != nil && field.type == .text && !name.rawValue.hasPrefix("email")
    }
  }

  /// Whether leads, contacts or persons have a field that the rules name.
  func holds(_ side: Side, _ name: FieldName) -> Bool {
    editable.contains { $0.key.side == side && $0.value.contains(name) }
  }

  /// The fields of an object that people edit in these histories: texts, options and decimals.
  func editable(_ object: ObjectType) -> [FieldName] {
    let types: Set<FieldType> = [.text, .option, .decimal]
    return (editable[object] ?? []).filter {
      let field =
        object.side == .dynamics ? SimulatedField.dynamics($0) : SimulatedField.marketo($0)
      return types.contains(field.type)
    }
  }
}
