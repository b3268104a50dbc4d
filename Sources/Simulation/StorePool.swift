import Store
import Synchronization

/// Databases in memory that histories use one after the other, with all that SQLite compiled for them.
///
/// Most of a history's time would go into making tables and compiling statements. A database is used
/// again only if, once emptied, it has the very schema that an undisturbed history leaves: for the next
/// history it is a new one, but that its tables stand already.
final class StorePool: Sendable {
  private let idle = Mutex<[PooledStore]>([])
  /// What an undisturbed history by the same rules leaves.
  private let schema: String

  /// Makes a pool of databases with this schema, as ``PooledStore/renew()`` tells it.
  init(schema: String) { self.schema = schema }

  /// A database for one history alone: one that was used before, or a new one.
  func take(for world: SimulatedWorld) throws -> PooledStore {
    guard let used = idle.withLock({ $0.popLast() }) else { return try PooledStore(world) }
    used.enter(world)
    return used
  }

  /// Empties the databases of a history that is over, and keeps those that are as good as new.
  func giveBack(_ stores: [PooledStore]) throws {
    for store in stores where try store.renew() == schema {
      idle.withLock { $0.append(store) }
    }
  }
}

/// A database in memory whose transactions are steps of the world that it is used in.
final class PooledStore: Sendable {
  let store: Store
  private let place: Place

  /// The world in which the database is used; none between two histories.
  private final class Place: Sendable {
    let world: Mutex<SimulatedWorld?>

    init(_ world: SimulatedWorld) { self.world = Mutex(world) }
  }

  /// Makes a new database and brings its schema up to date.
  init(_ world: SimulatedWorld) throws {
    let place = Place(world)
    self.place = place
    store = try Store.inMemory { try place.world.withLock { $0 }?.step() }
    try store.migrate()
  }

  func enter(_ world: SimulatedWorld) { place.world.withLock { $0 = world } }

  /// Empties the database, and tells the schema that it has.
  func renew() throws -> String {
    place.world.withLock { $0 = nil }
    return try store.renew()
  }
}
