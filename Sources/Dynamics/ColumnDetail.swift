import Model
import Transport

/// What only the metadata of a column's own type tells.
struct ColumnDetail: Hashable, Sendable {
  var length: Int?
  var scale: Int?
  var isDateOnly = false
  var options: [Option] = []

  init() {}

  /// Reads one item of a cast.
  ///
  /// The behaviour of a date decides, not its format. A choice has options of its own or a global
  /// set's.
  init(_ metadata: JSON) {
    length = metadata["MaxLength"]?.integer.map { Int($0) }
    scale = metadata["Precision"]?.integer.map { Int($0) }
    isDateOnly = metadata["DateTimeBehavior"]?["Value"]?.string == "DateOnly"
    let list =
      metadata["OptionSet"]?["Options"]?.array ?? metadata["GlobalOptionSet"]?["Options"]?.array
    options = (list ?? []).compactMap { option in
      option["Value"]?.integer.map { Option(Int($0), Label.text(option["Label"]) ?? String($0)) }
    }
  }
}

extension Field {
  /// The field that a column and its detail make.
  init(_ column: Column, _ detail: ColumnDetail, permission: ColumnPermission) {
    let isText = column.type == .string || column.type == .memo
    self.init(
      FieldName(column.name), FieldType(column.type, isDateOnly: detail.isDateOnly),
      label: column.label, length: detail.length, scale: detail.scale, options: detail.options,
      text: TextStorage(trimsTrailing: isText),
      canCreate: column.canCreate && permission.create != .denied,
      canUpdate: column.canUpdate && permission.update != .denied,
      isReadable: permission.read != .denied, isReported: !column.isComputed)
  }
}

extension FieldType {
  fileprivate init(_ type: ColumnType, isDateOnly: Bool) {
    self =
      switch type {
      case .string, .memo, .multiSelect: .text
      case .integer, .bigInteger: .integer
      case .decimal, .double, .money: .decimal
      case .boolean: .boolean
      case .dateTime: isDateOnly ? .date : .instant
      case .identifier: .guid
      case .picklist, .state, .status: .option
      case .lookup, .owner, .customer: .reference
      }
  }
}
