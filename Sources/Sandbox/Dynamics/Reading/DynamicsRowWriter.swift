/// Prints rows as the Web API does.
struct DynamicsRowWriter {
  private let layout: DynamicsRowLayout
  private let names: [Names]
  private let wantsTargets: Bool
  private let wantsNavigations: Bool
  private let wantsLabels: Bool

  private struct Names {
    let value: [UInt8]
    let label: [UInt8]
    let target: [UInt8]
    let navigation: [UInt8]
  }

  private static let formatted = "OData.Community.Display.V1.FormattedValue"
  private static let lookupName = "Microsoft.Dynamics.CRM.lookuplogicalname"
  private static let navigation = "Microsoft.Dynamics.CRM.associatednavigationproperty"

  private let table: DynamicsTable

  /// Whether labels were asked for, so that a query must read the names behind look-ups.
  static func wantsLabels(_ annotations: DynamicsAnnotations) -> Bool {
    annotations.includes(formatted)
  }

  init(_ query: DynamicsRowQuery, _ annotations: DynamicsAnnotations) {
    layout = DynamicsRowLayout(query)
    table = query.table
    wantsLabels = annotations.includes(Self.formatted)
    wantsTargets = annotations.includes(Self.lookupName)
    wantsNavigations = annotations.includes(Self.navigation)
    names = query.columns.map { column in
      func name(_ annotation: String) -> [UInt8] {
        Array(",\"\(column.property)\(annotation.isEmpty ? "" : "@" + annotation)\":".utf8)
      }
      return Names(
        value: name(""), label: name(Self.formatted), target: name(Self.lookupName),
        navigation: name(Self.navigation))
    }
  }

  /// Appends one row as a JSON object; `context` stands at its head where given.
  func write(_ row: DynamicsRow, context: String? = nil, to output: inout [UInt8]) {
    output += "{".utf8
    if let context {
      output += "\"@odata.context\":".utf8
      DynamicsJSON.write(context, to: &output)
      output += ",".utf8
    }
    output += "\"@odata.etag\":\"W/\\\"\(row.version)\\\"\"".utf8
    for (place, names) in zip(layout.places, names) {
      write(place, names, row, to: &output)
    }
    output += "}".utf8
  }

  private func write(
    _ place: DynamicsRowLayout.Place, _ names: Names, _ row: DynamicsRow,
    to output: inout [UInt8]
  ) {
    let cell = row.cells[place.value]
    if cell != .null {
      if place.column.isLookup {
        annotate(place, names, row, to: &output)
      } else if wantsLabels,
        let label = DynamicsPrinting.label(cell, of: place.column, in: table)
      {
        output += names.label
        DynamicsJSON.write(label, to: &output)
      }
    }
    output += names.value
    DynamicsPrinting.write(cell, of: place.column, to: &output)
  }

  private func annotate(
    _ place: DynamicsRowLayout.Place, _ names: Names, _ row: DynamicsRow,
    to output: inout [UInt8]
  ) {
    if let label = place.label.flatMap({ row.cells[$0].text }) {
      output += names.label
      DynamicsJSON.write(label, to: &output)
    }
    let type = place.type.flatMap { row.cells[$0].text }
    let target = place.column.targets.first { $0.table == type } ?? place.column.targets.first
    guard let target else { return }
    if wantsNavigations {
      output += names.navigation
      DynamicsJSON.write(target.navigation, to: &output)
    }
    if wantsTargets {
      output += names.target
      DynamicsJSON.write(target.table, to: &output)
    }
  }
}
