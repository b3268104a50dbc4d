import GRDB
import Model

/// How one operation ended, as far as it is known.
public struct Settlement: Hashable, Sendable {
  public var operation: Int64
  public var outcome: Outcome
  public var requestID: String?
  /// Why it is known, where the answer itself did not say: written to the log.
  public var evidence: String?

  public enum Outcome: Hashable, Sendable {
    /// It took effect on record `id`.
    ///
    /// `seen` is the record as read afterwards. `isOneWithWrite`: what `seen` holds is what the write
    /// stored, so it becomes the base; else the prediction does, but for the fields of `normalised`,
    /// which the side is known to have altered itself.
    case applied(id: String, seen: Model.Record?, isOneWithWrite: Bool, normalised: Set<FieldName>)
    case rejected(Rejection)
  }

  public init(
    operation: Int64, outcome: Outcome, requestID: String? = nil, evidence: String? = nil
  ) {
    self.operation = operation
    self.outcome = outcome
    self.requestID = requestID
    self.evidence = evidence
  }
}

extension Store {
  /// Stores the outcomes of one batch: operations, mirrors, bases, links and log, all or nothing.
  public func settle(
    _ settlements: [Settlement], of entity: BoundEntity, run: Int64, at now: Instant
  ) throws {
    let stamp = Stamp(run: run, at: now)
    try write("store what became of \(entity.entity) writes") { db in
      for settlement in settlements {
        let row = try Row.fetchOne(
          db.cachedStatement(sql: "SELECT * FROM operation WHERE operation_id = ?"),
          arguments: [settlement.operation])
        guard let row else { continue }
        let settling = Settling(row, entity: entity, settlement: settlement, stamp: stamp)
        try settling.store(db)
      }
    }
  }
}
