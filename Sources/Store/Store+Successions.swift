import GRDB
import Model

/// A linked lead or contact that lives on as another record: it was merged, or became a contact.
private struct Succession {
  var id: String
  var link: Link
  var state: Link.State
  /// The record that lives on, followed to the end.
  var survivor: String
  var survivorEntity: BoundEntity
}

extension Store {
  /// Follows linked records that were merged in Dynamics, or became a contact that has a person of its
  /// own.
  ///
  /// Where the survivor has no person, the record's goes on as the survivor's. Where it has one, the
  /// record's link ends, and the two persons are listed to be merged in Marketo by a person, for as
  /// long as both stand. A record whose survivor is not held, or is left out, waits as it is.
  public func followSuccessions(
    of entity: BoundEntity, among persons: [BoundEntity], only isIncluded: (String) -> Bool,
    run: Int64, at now: Instant
  ) throws {
    let stamp = Stamp(run: run, at: now)
    try write("follow \(entity.entity) records that live on as others") { db in
      for id in try Self.livingOn(entity, db) where isIncluded(id) {
        guard let succession = try Self.succession(of: id, in: entity, among: persons, db) else {
          continue
        }
        if succession.link.state == .active { try Self.follow(succession, entity, stamp, db) }
        try Self.listTwins(succession, entity, stamp, db)
      }
    }
  }

  /// The dirty rows that were merged or converted.
  private static func livingOn(_ entity: BoundEntity, _ db: Database) throws -> [String] {
    let mirror = Mirror(entity.dynamics)
    return try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(quoted(mirror.key)) FROM \(quoted(mirror.table))
          WHERE _is_dirty = 1 AND _is_deleted = 0
            AND (_merged_into IS NOT NULL OR _converted_to IS NOT NULL)
          ORDER BY _change
          """))
  }

  private static func succession(
    of id: String, in entity: BoundEntity, among persons: [BoundEntity], _ db: Database
  ) throws -> Succession? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT * FROM link WHERE dynamics_id = ? AND marketo_id IS NOT NULL
            AND state IN ('active', 'merged', 'converted')
          ORDER BY state = 'active' DESC, link_id DESC LIMIT 1
          """), arguments: [id])
    guard let link = row.map(Self.link),
      let (survivor, survivorEntity, wasMerged) = try survivor(of: id, among: persons, db)
    else { return nil }
    return Succession(
      id: id, link: link, state: wasMerged ? .merged : .converted, survivor: survivor,
      survivorEntity: survivorEntity)
  }

  /// Where a record lives on; `nil` where that record is not held, gone, or left out.
  private static func survivor(
    of id: String, among persons: [BoundEntity], _ db: Database
  ) throws -> (String, BoundEntity, wasMerged: Bool)? {
    var seen: Set<String> = []
    var now = id
    var wasMerged: Bool?
    while seen.insert(now).inserted {
      var found: (BoundEntity, MirrorRow)?
      for entity in persons {
        if let row = try Mirror(entity.dynamics).row(of: now, db) { found = (entity, row) }
      }
      guard let (entity, row) = found, !row.isDeleted else { return nil }
      let facts = row.record.facts
      guard let next = facts.mergedInto ?? facts.convertedTo else {
        return facts.isIncluded ? wasMerged.map { (now, entity, $0) } : nil
      }
      wasMerged = wasMerged ?? (facts.mergedInto != nil)
      now = next.text
    }
    return nil
  }

  private static func follow(
    _ succession: Succession, _ entity: BoundEntity, _ stamp: Stamp, _ db: Database
  ) throws {
    let isBusy = try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM operation WHERE dynamics_id IN (?, ?) AND \(isOpen))
          """), arguments: [succession.id, succession.survivor])
    guard isBusy != true else { return }
    try db.cachedStatement(
      sql: "UPDATE link SET state = ?, survivor_id = ?, changed_at = ? WHERE link_id = ?"
    ).execute(arguments: [
      succession.state.rawValue, succession.survivor, stamp.at.text, succession.link.id,
    ])
    try forgetErrors(of: succession.id, db)
    var entry = LogEntry(
      entity.entity, succession.state == .merged ? .merged : .converted,
      dynamicsID: succession.id, marketoID: succession.link.marketoID,
      rule: succession.state == .merged ? "merged in Dynamics" : "qualified")
    if try partner(of: succession.survivor, db) == nil {
      try goOn(succession, stamp, db)
      entry.message =
        "the person goes on as \(succession.survivorEntity.entity)"
        + " \(succession.survivor)"
    } else {
      entry.message = "it lives on as \(succession.survivor), which has a person of its own"
    }
    try wakeDependents(of: succession.survivor, db)
    try log(entry, stamp, db)
  }

  /// The person goes on as the survivor's; pairs that both map inherit the base.
  private static func goOn(
    _ succession: Succession, _ stamp: Stamp, _ db: Database
  ) throws {
    let entity = succession.survivorEntity
    try insertLink(
      entity.entity, dynamics: succession.survivor, marketo: succession.link.marketoID,
      how: succession.state == .merged ? .merge : .conversion, stamp, db)
    let heir = db.lastInsertedRowID
    try BaseTable.inherit(
      from: succession.link.entity, link: succession.link.id, to: entity,
      heir: succession.survivor, link: heir, db)
    try wake(succession.survivor, object: entity.dynamics.object, db)
    if let person = succession.link.marketoID {
      try wake(person, object: entity.marketo.object, db)
    }
  }

  /// The Marketo id of a record's active link.
  private static func partner(of id: String, _ db: Database) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(
        sql: "SELECT marketo_id FROM link WHERE dynamics_id = ? AND state = 'active'"),
      arguments: [id])
  }

  /// Whether a person is another record's by now.
  private static func isAnothers(
    _ person: String, than id: String, _ db: Database
  ) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM link
            WHERE marketo_id = ? AND state = 'active' AND dynamics_id <> ?)
          """), arguments: [person, id]) ?? false
  }

  /// Lists two persons of one survivor, and takes a record off the list of which one is gone.
  private static func listTwins(
    _ succession: Succession, _ entity: BoundEntity, _ stamp: Stamp, _ db: Database
  ) throws {
    let mirror = Mirror(entity.marketo)
    guard let person = succession.link.marketoID,
      let other = try partner(of: succession.survivor, db), other != person,
      try !isAnothers(person, than: succession.id, db),
      let row = try mirror.row(of: person, db), !row.isDeleted
    else { return }
    let words = succession.state == .merged ? "was merged into" : "became"
    try record(
      ErrorEntry(
        entity.entity, dynamicsID: succession.id, marketoID: person, side: .marketo,
        kind: .manual,
        message: "\(entity.entity) \(succession.id) \(words) \(succession.survivorEntity.entity)"
          + " \(succession.survivor), and each has a person: merge person \(person) into"
          + " \(other) in Marketo",
        candidates: [.marketo(person), .marketo(other)]), stamp, db)
    try clearDirty(succession.id, in: Mirror(entity.dynamics), change: nil, db)
  }
}
