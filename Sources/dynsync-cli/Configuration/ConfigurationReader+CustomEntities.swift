import Model

/// The keys that custom entities alone have.
enum CustomEntityKey: String, CaseIterable {
  case dynamics
  case marketo
  case parent
  case parentIs = "parent_is"
  case key
  case link

  /// Those by which a section is known to be one of a custom entity.
  static let telling: [CustomEntityKey] = [.dynamics, .marketo, .parent]
}

/// What the rows of a custom entity hang on.
private enum CustomParent: String, CaseIterable {
  case person
  case company

  var object: ObjectType { self == .person ? .person : .company }
  /// The link field of a type that is to be made.
  var linkField: FieldName { self == .person ? "leadId" : "companyId" }
}

extension ConfigurationReader {
  /// Reads a custom entity; `nil` where a problem was noted.
  ///
  /// `others` are the rules that were read before it: no two entities share a table or a type.
  mutating func customRule(
    _ name: String, in section: ConfigurationSection, beside others: [EntityRule]
  ) -> EntityRule? {
    let isNamed = acceptsEntityName(name, of: section)
    let table = object(.dynamics, in: section, beside: others)
    let type = object(.marketo, in: section, beside: others)
    let custom = customObject(in: section)
    let direction = EntityDefaults.customDirection
    refuseOtherKeys(of: section)
    let pairs = pairs(
      PairContext(
        section: section, direction: direction,
        reserved: Set([custom?.keyField, custom?.linkField].compactMap(\.self))))
    let onDelete = onDelete(canPropagate: true, in: section)
    guard isNamed, let table, let type, let custom else { return nil }
    return EntityRule(
      Entity(rawValue: name), dynamics: table, marketo: type, direction: direction,
      winner: .dynamics, pairs: pairs, onDelete: onDelete, custom: custom)
  }

  /// Notes the keys of custom entities in the section of a known one.
  mutating func refuseCustomKeys(of entity: Entity, in section: ConfigurationSection) {
    for key in CustomEntityKey.allCases {
      guard let entry = section[key.rawValue] else { continue }
      refuse(
        section.path(of: key.rawValue), line: entry.line,
        "belongs to custom entities; dynsync knows what \(entity) is in both services",
        mend: "remove it")
    }
  }

  private mutating func customObject(in section: ConfigurationSection) -> CustomObjectRule? {
    let parent: CustomParent =
      section["parent_is"] == nil
      ? .person : choice("parent_is", in: section, from: CustomParent.allCases) ?? .person
    refuseMissing(.parent, in: section)
    let column = fieldName("parent", in: section)
    if let column { refuseCapitals(in: column, of: section, key: "parent") }
    let keyField = fieldName("key", in: section) ?? MarketoAccess.defaultPersonKey
    let linkField = fieldName("link", in: section) ?? parent.linkField
    if keyField.isSameColumn(as: linkField) {
      refuse(
        section.path(of: "link"), line: section["link"]?.line ?? section.line,
        "'\(linkField)' is the dedupe field as well", mend: "name two fields")
    }
    guard let column else { return nil }
    return CustomObjectRule(
      parentColumn: column, keyField: keyField, linkField: linkField, parentObject: parent.object)
  }

  private mutating func acceptsEntityName(
    _ name: String, of section: ConfigurationSection
  ) -> Bool {
    let reason: String? =
      if name.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
        "'\(name)' is no name for an entity"
      } else if EntityDefaults.reservedNames.contains(name) {
        "'\(name)' is a name of dynsync's own"
      } else {
        nil
      }
    guard let reason else { return true }
    refuse(
      section.path, line: section.line, reason,
      mend: "choose another: small letters, digits and underscores, as in 'subscription'")
    return false
  }

  /// Reads the table or type of `side`.
  private mutating func object(
    _ side: Side, in section: ConfigurationSection, beside others: [EntityRule]
  ) -> ObjectType? {
    let key: CustomEntityKey = side == .dynamics ? .dynamics : .marketo
    refuseMissing(key, in: section)
    guard let name = fieldName(key.rawValue, in: section) else { return nil }
    let line = section[key.rawValue]?.line
    let path = section.path(of: key.rawValue)
    if side == .dynamics { refuseCapitals(in: name, of: section, key: key.rawValue) }
    let object = ObjectType(side, name.rawValue)
    if EntityDefaults.reservedObjects(on: side).contains(name.rawValue.lowercased()) {
      refuse(
        path, line: line, "'\(name)' is no custom \(side == .dynamics ? "table" : "object")",
        mend: "name one of your own, as in '\(Self.key(key.rawValue, in: section)?.line ?? "")'")
      return nil
    }
    let other = others.first {
      FieldName($0.object(on: side).name).isSameColumn(as: name)
    }
    if let other {
      refuse(
        path, line: line, "'\(name)' belongs to the entity '\(other.entity)' already",
        mend: "join the two, or name another")
      return nil
    }
    return object
  }

  private mutating func refuseMissing(_ key: CustomEntityKey, in section: ConfigurationSection) {
    guard section[key.rawValue] == nil, let known = Self.key(key.rawValue, in: section) else {
      return
    }
    refuseMissing(known, in: section)
  }

  /// Notes what a custom entity has no choice in.
  private mutating func refuseOtherKeys(of section: ConfigurationSection) {
    for name in ["as", "direction", "winner", "create"] {
      guard let entry = section[name] else { continue }
      refuse(
        section.path(of: name), line: entry.line,
        "means nothing for a custom entity: it goes from Dynamics to Marketo", mend: "remove it")
    }
  }
}

extension EntityDefaults {
  /// The way in which custom entities go.
  static let customDirection = Direction.toMarketo

  /// Names that no custom entity can have.
  static let reservedNames: Set<String> = [
    "user", "team", "account", "lead", "contact", "opportunity", "opportunity_role",
    "connection", "connection_role", "person", "company", "sales_person", "option",
  ]

  /// The tables and objects that no custom entity can be, in small letters: the services' own names,
  /// and those of dynsync's mirrors.
  static func reservedObjects(on side: Side) -> Set<String> {
    switch side {
    case .dynamics:
      [
        "systemuser", "user", "team", "account", "lead", "contact", "opportunity",
        "opportunity_role", "connection", "connectionrole", "connection_role", "option",
      ]
    case .marketo:
      [
        "person", "lead", "company", "sales_person", "salesperson", "opportunity",
        "opportunity_role", "opportunityrole",
      ]
    }
  }
}
