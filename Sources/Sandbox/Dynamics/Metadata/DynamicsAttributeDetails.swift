/// The properties of a column's metadata that depend on its type.
struct DynamicsAttributeDetails {
  let table: DynamicsTable
  let column: DynamicsColumn

  /// The properties themselves.
  var members: [DynamicsJSON.Member] {
    switch column.kind {
    case .text(let length, let format):
      [
        .init("MaxLength", .integer(length)), .init("Format", .string(format)),
        .init("FormatName", ["Value": .string(format)]),
        .init("DatabaseLength", .integer(length * 2)),
      ]
    case .memo(let length):
      [.init("MaxLength", .integer(length)), .init("Format", "TextArea")]
    case .integer(let range):
      limits(.integer(range.lowerBound), .integer(range.upperBound)) + [.init("Format", "None")]
    case .bigInt: limits(.integer(Int64.min), .integer(Int64.max))
    case .decimal(let scale, let range):
      limits(.integer(range.lowerBound), .integer(range.upperBound))
        + [.init("Precision", .integer(scale))]
    case .double(let scale, let range):
      limits(.number(String(range.lowerBound)), .number(String(range.upperBound)))
        + [.init("Precision", .integer(scale))]
    case .money(let scale): money(scale)
    case .boolean(_, _, let initial): [.init("DefaultValue", .boolean(initial ?? false))]
    case .moment(let behavior):
      [
        .init("DateTimeBehavior", ["Value": .string(behavior.rawValue)]),
        .init("Format", behavior == .dateOnly ? "DateOnly" : "DateAndTime"),
      ]
    case .option, .options, .state, .status: [.init("DefaultFormValue", -1)]
    case .lookup(_, let targets):
      [
        .init("Targets", .array(targets.map { .string($0.table) })),
        .init("Format", "None"),
      ]
    case .identifier: []
    }
  }

  /// What `$expand` can add: the option set, and the global one that no column here has.
  var sets: [String: DynamicsJSON] {
    switch column.kind {
    case .boolean(let no, let yes, _):
      [
        "OptionSet": set(
          [
            .init("TrueOption", option(DynamicsOption(1, yes))),
            .init("FalseOption", option(DynamicsOption(0, no))),
          ], type: "Boolean"), "GlobalOptionSet": nil,
      ]
    case .option(let options), .options(let options):
      ["OptionSet": choices(options.map { option($0) }, type: "Picklist"), "GlobalOptionSet": nil]
    case .state:
      ["OptionSet": choices(table.states.map(state), type: "State"), "GlobalOptionSet": nil]
    case .status:
      [
        "OptionSet": choices(
          table.states.flatMap { state in state.statuses.map { status($0, of: state) } },
          type: "Status"), "GlobalOptionSet": nil,
      ]
    default: [:]
    }
  }

  private func limits(_ lowest: DynamicsJSON, _ highest: DynamicsJSON) -> [DynamicsJSON.Member] {
    [.init("MinValue", lowest), .init("MaxValue", highest)]
  }

  private func money(_ scale: Int) -> [DynamicsJSON.Member] {
    let most = "922337203685477"
    return limits(.number("-" + most), .number(most)) + [
      .init("Precision", .integer(scale)), .init("PrecisionSource", 0),
      .init("IsBaseCurrency", .boolean(column.name.hasSuffix("_base"))),
    ]
  }

  private func choices(_ options: [DynamicsJSON], type: String) -> DynamicsJSON {
    set([.init("Options", .array(options))], type: type)
  }

  private func set(_ members: [DynamicsJSON.Member], type: String) -> DynamicsJSON {
    let number = column.name.utf8.reduce(UInt64(table.typeCode)) {
      DynamicsGUID.mixed($0 &+ UInt64($1))
    }
    return .object(
      members + [
        .init("Name", .string("\(table.name)_\(column.name)")),
        .init("IsGlobal", false),
        .init("OptionSetType", .string(type)),
        .init("MetadataId", .string(DynamicsGUID.made(from: number, kind: 0x05))),
      ])
  }

  private func option(_ option: DynamicsOption, _ more: [DynamicsJSON.Member] = [])
    -> DynamicsJSON
  {
    .object(
      [
        .init("Value", .integer(option.value)), .init("Color", nil),
        .init("IsManaged", true), .init("ExternalValue", ""), .init("ParentValues", []),
        .init("Tag", nil), .init("IsHidden", false), .init("MetadataId", nil),
        .init("HasChanged", nil),
        .init("Label", DynamicsTableMetadata.label(option.label)),
        .init("Description", ["LocalizedLabels": [], "UserLocalizedLabel": nil]),
      ] + more)
  }

  private func state(_ state: DynamicsState) -> DynamicsJSON {
    option(
      DynamicsOption(state.value, state.label),
      [
        .init("DefaultStatus", .integer(state.defaultStatus)),
        .init("InvariantName", .string(state.label)),
      ])
  }

  private func status(_ status: DynamicsOption, of state: DynamicsState) -> DynamicsJSON {
    option(status, [.init("State", .integer(state.value)), .init("TransitionData", nil)])
  }
}
