import Dynamics
import Model

extension Configuration {
  /// The tables of Dynamics that differ from what every organisation has: filtered and custom ones.
  var tables: [ObjectType: TableSettings] {
    var tables: [ObjectType: TableSettings] = [:]
    for rule in rules.entities {
      let filter = filters[rule.entity]?.rawValue
      if let custom = rule.custom {
        tables[rule.dynamics] = TableSettings(
          rule.dynamics.name, filterColumn: filter, parentColumn: custom.parentColumn.rawValue)
      } else if let filter, let table = DynamicsSettings.defaultTables[rule.dynamics] {
        tables[rule.dynamics] = TableSettings(table.logicalName, filterColumn: filter)
      }
    }
    return tables
  }
}
