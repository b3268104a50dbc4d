import Model
import Sync

/// Makes in Marketo what the configuration needs: link fields of persons, custom objects, and the
/// activity by which outcomes are told.
struct Provisioning: Sendable {
  var rules: SyncRules
  var dynamics: any Connector
  var marketo: any Connector

  /// Makes what is missing and tells the names of what was made; nothing if all is there.
  ///
  /// `known` is who answered at the addresses before: somebody else gets nothing.
  func carryOut(known: [PeerIdentity]) async throws -> [String] {
    for connector in [dynamics, marketo] {
      let found = try await connector.identify()
      if let peer = known.first(where: { $0.side == connector.side }),
        found.isOther(than: peer)
      {
        throw Self.otherPeer(found)
      }
    }
    var definitions: [ObjectDefinition] = []
    for rule in rules.entities {
      guard let custom = rule.custom else { continue }
      definitions.append(try await definition(of: rule, custom))
    }
    let made = try await marketo.provision(definitions)
    guard rules.logsActivities, let log = marketo.outcomeLog else { return made }
    return try await made + log.provision()
  }

  /// The Marketo type that the entity's table needs.
  private func definition(
    of rule: EntityRule, _ custom: CustomObjectRule
  ) async throws -> ObjectDefinition {
    let columns = rule.pairs.compactMap { $0.field(on: .dynamics) } + [custom.parentColumn]
    let schema = try await dynamics.describe(rule.dynamics, selecting: Set(columns).sorted())
    if let missing = columns.first(where: { schema.fields[$0] == nil }) {
      throw CommandError(
        .stopped, "init: \(rule.dynamics) has no column \(missing); nothing was made",
        mend: "look at entities.\(rule.entity) in dynsync.yaml")
    }
    let fields = rule.pairs.compactMap { pair in
      pair.field(on: .dynamics).flatMap { schema.fields[$0] }.map {
        Self.field(pair.marketo, for: $0)
      }
    }
    return ObjectDefinition(
      rule.marketo, label: Self.label(of: rule.entity), keyField: custom.keyField,
      parent: ParentField(custom.linkField, of: custom.parentObject), fields: fields)
  }

  /// The Marketo field that can hold what the column holds.
  static func field(_ name: FieldName, for column: Field) -> Field {
    switch column.type {
    case .text:
      Field(name, .text, label: column.label, length: column.length)
    case .option, .reference, .guid:
      Field(name, .text, label: column.label, length: longestName)
    case .decimal:
      Field(name, .decimal, label: column.label, scale: column.scale)
    case .integer, .boolean, .date, .instant:
      Field(name, column.type, label: column.label)
    }
  }

  /// An option's label and an id fit into as many characters as a Marketo string has.
  private static let longestName = 255

  private static func label(of entity: Entity) -> String {
    let words = entity.rawValue.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func otherPeer(_ found: PeerIdentity) -> RunError {
    RunError(
      .otherPeer,
      "\(found.side): somebody else answers at \(found.host) than when this database was made; "
        + "nothing was made",
      mend: "point the configuration at the right service, or use another database;"
        + " if it was replaced on purpose, 'dynsync adopt \(found.side)'")
  }
}
