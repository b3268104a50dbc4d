/// What can go wrong with one call.
public enum Fault: String, CaseIterable, Hashable, Sendable {
  /// The service is down, and nothing was done.
  case unavailable
  /// The request never arrives, and nobody knows.
  case lostRequest = "lost_request"
  /// The write is done and its answer is lost.
  case lostAnswer = "lost_answer"
  /// Nobody answers, and the write is done later, perhaps after recovery has looked.
  case lateEffect = "late_effect"
  /// Some of a batch is done, the rest was turned away.
  case partialBatch = "partial_batch"
  /// The service wants to be left alone for a while.
  case throttled
  /// Something in the service changes another field of each record that is written.
  case plugIn = "plug_in"
  /// A person types over what is written, between our last look and the write.
  case editBeforeWrite = "edit_before_write"
  /// A person types over what was written before it is read back.
  case editAfterWrite = "edit_after_write"
  /// The service forgets what the watermark means.
  case expiredWatermark = "expired_watermark"
  /// Rows and notices of a page come twice.
  case repeatedRows = "repeated_rows"
  /// Rows and notices of a page come in another order.
  case shuffledRows = "shuffled_rows"
  /// A lead that a page has just told of becomes a contact before anything else is read.
  case qualifiedMeanwhile = "qualified_meanwhile"

  /// Whether it happens to calls that write; all others happen to calls that read.
  var isOfWrites: Bool {
    switch self {
    case .lostRequest, .lostAnswer, .lateEffect, .partialBatch, .throttled, .plugIn,
      .editBeforeWrite, .editAfterWrite:
      true
    case .unavailable, .expiredWatermark, .repeatedRows, .shuffledRows, .qualifiedMeanwhile: false
    }
  }
}

/// What may go wrong in a history, as `--faults` names it.
public enum FaultKind: Hashable, Sendable, CaseIterable {
  case death
  case lostDatabase
  /// Another organisation answers at a service's address for the time of one run.
  case otherOrganisation
  /// Somebody changes the configuration for the time of one run.
  case changedRules
  case call(Fault)

  public static let allCases: [FaultKind] =
    [.death, .lostDatabase, .otherOrganisation, .changedRules] + Fault.allCases.map(FaultKind.call)

  public var name: String {
    switch self {
    case .death: "death"
    case .lostDatabase: "lost_database"
    case .otherOrganisation: "other_organisation"
    case .changedRules: "changed_rules"
    case .call(let fault): fault.rawValue
    }
  }
}
