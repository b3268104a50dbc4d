/// The one-to-many relationships of a table, one for each table that a look-up may point at.
struct DynamicsRelationships {
  let table: DynamicsTable

  /// The relationships under that name of a collection.
  func values(_ name: String) -> [DynamicsJSON] {
    switch name {
    case "ManyToOneRelationships":
      table.columns.flatMap { column in
        column.targets.map { relationship(table, column, $0) }
      }
    case "OneToManyRelationships":
      DynamicsCatalogue.references(to: table.name).map {
        relationship($0.table, $0.column, $0.target)
      }
    default: []
    }
  }

  private func relationship(
    _ owner: DynamicsTable, _ column: DynamicsColumn, _ target: DynamicsTarget
  ) -> DynamicsJSON {
    let name = "\(target.table)_\(owner.setName)_\(column.name)"
    let number = name.utf8.reduce(7) { DynamicsGUID.mixed($0 &+ UInt64($1)) }
    return [
      "SchemaName": .string(name),
      "ReferencingEntity": .string(owner.name),
      "ReferencingAttribute": .string(column.name),
      "ReferencedEntity": .string(target.table),
      "ReferencedAttribute": .string(target.table + "id"),
      "ReferencingEntityNavigationPropertyName": .string(target.navigation),
      "ReferencedEntityNavigationPropertyName": .string(name),
      "RelationshipType": "OneToManyRelationship",
      "IsCustomRelationship": .boolean(column.isCustom),
      "MetadataId": .string(DynamicsGUID.made(from: number, kind: 0x12)),
    ]
  }
}
