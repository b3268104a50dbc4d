import GRDB

/// A partition of the lead database.
struct MarketoPartition: Hashable, Sendable {
  var id: Int64
  var name: String
  var description: String?
}

extension MarketoState {
  /// Every partition.
  func partitions() throws -> [MarketoPartition] {
    try rows("SELECT id, name, description FROM marketo_partition ORDER BY id")
      .map { MarketoPartition(id: $0[0], name: $0[1], description: $0[2]) }
  }

  /// The partition of a name.
  func partition(named name: String) throws -> MarketoPartition? {
    try rows("SELECT id, name, description FROM marketo_partition WHERE name = ?", [name])
      .first.map { MarketoPartition(id: $0[0], name: $0[1], description: $0[2]) }
  }
}
