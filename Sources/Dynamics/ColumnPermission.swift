import Transport

/// What the sync user may do with one secured column.
///
/// A secured column that may not be read comes back as null, without an error or a mark: only the
/// permissions tell an empty value from a hidden one. Source: Dataverse, column-level security.
struct ColumnPermission: Hashable, Sendable {
  var read: Access
  var create: Access
  var update: Access

  /// Whether something is allowed, as far as could be found out.
  enum Access: Hashable, Sendable {
    case allowed
    case denied
    case unknown
  }

  static let full = ColumnPermission(read: .allowed, create: .allowed, update: .allowed)
  static let none = ColumnPermission(read: .denied, create: .denied, update: .denied)
  static let unknown = ColumnPermission(read: .unknown, create: .unknown, update: .unknown)

  init(read: Access, create: Access, update: Access) {
    self.read = read
    self.create = create
    self.update = update
  }

  /// Reads one row of `fieldpermissions`, where 4 stands for *allowed*.
  init(_ row: JSON) {
    let access = { (name: String) -> Access in row[name]?.integer == 4 ? .allowed : .denied }
    self.init(read: access("canread"), create: access("cancreate"), update: access("canupdate"))
  }

  /// What two profiles give together.
  func union(_ other: ColumnPermission) -> ColumnPermission {
    ColumnPermission(
      read: read == .allowed ? read : other.read,
      create: create == .allowed ? create : other.create,
      update: update == .allowed ? update : other.update)
  }
}
