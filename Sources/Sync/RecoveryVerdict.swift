import Model
import Store

/// What a read-back says of a write whose answer was lost: a pure function of what is there now.
public enum RecoveryVerdict: Hashable, Sendable {
  /// It took effect.
  case applied(id: String, record: Record, evidence: String)
  /// The record that was to be removed is not there.
  case removed
  /// It did not, and cannot any more.
  case absent
  /// It may still take effect: look again later.
  case tooEarly(until: Instant)
  /// The record is gone.
  case gone
  /// Neither what was sent nor what stood before is there: evidence must decide.
  case unclear(Record)

  /// Judges one operation in doubt.
  ///
  /// `settlesBy`: the moment after which a call without an answer can no longer take effect.
  public static func judge(
    _ operation: StoredOperation, presence: Presence, now: Instant, settlesBy: Instant
  ) -> RecoveryVerdict {
    let isSettled = now >= settlesBy
    switch (operation.action, presence) {
    case (.create, .present(let record)):
      return .applied(id: record.id.text, record: record, evidence: "its key was found")
    case (.create, _):
      return isSettled ? .absent : .tooEarly(until: settlesBy)
    case (.delete, .present): return isSettled ? .absent : .tooEarly(until: settlesBy)
    case (.delete, _): return .removed
    case (.update, .present(let record)):
      return judge(operation, record, isSettled: isSettled, settlesBy: settlesBy)
    case (.update, _):
      return .gone
    }
  }

  /// A write takes effect as a whole: one field that only it can have changed tells of all.
  private static func judge(
    _ operation: StoredOperation, _ record: Record, isSettled: Bool, settlesBy: Instant
  ) -> RecoveryVerdict {
    let telling = operation.fields.filter { $0.predicted != $0.before }
    let now = telling.map { ($0, record.fields[$0.field] ?? .empty) }
    if now.contains(where: { $0.1 == $0.0.predicted }) {
      return .applied(
        id: record.id.text, record: record, evidence: "the value that was sent was found")
    }
    let isUntouched = now.allSatisfy { $0.1 == $0.0.before }
    if case .update(let version?) = operation.action {
      // A late write with this precondition and a new one cannot both take effect.
      return record.version == version || isUntouched ? .absent : .unclear(record)
    }
    guard isUntouched else { return .unclear(record) }
    return isSettled ? .absent : .tooEarly(until: settlesBy)
  }

  /// The fields that a service altered, if the record's history tells that the write took effect; `nil`
  /// if it does not.
  ///
  /// It does if it holds a value that was sent, or if a field has one change alone, through the API, to
  /// a value that is another form of the one that was sent. What a record is created with is no change.
  public static func altered(
    _ operation: StoredOperation, _ record: Record, told notices: [Notice]
  ) -> Set<FieldName>? {
    var isApplied = false
    var altered: Set<FieldName> = []
    for field in operation.fields where field.predicted != field.before {
      let told = notices.filter { notice in
        guard notice.record == record.id, case .changed(field.field, _) = notice.event else {
          return false
        }
        return true
      }
      let ours = told.compactMap { notice -> String?? in
        guard notice.isFromAPI, case .changed(_, let value) = notice.event else { return nil }
        return value
      }
      if ours.contains(field.predicted.canonicalText) { isApplied = true }
      let now = record.fields[field.field] ?? .empty
      let isOurs =
        told.isEmpty
        ? operation.createKey != nil : told.count == 1 && ours.first == now.canonicalText
      guard isOurs, now.resembles(field.predicted) else { continue }
      isApplied = true
      if now != field.predicted { altered.insert(field.field) }
    }
    return isApplied ? altered : nil
  }
}

extension Value {
  /// Whether one may be another form of the other: cut, trimmed, or in other letters.
  func resembles(_ other: Value) -> Bool {
    func core(_ value: Value) -> String {
      String((value.canonicalText ?? "").lowercased().filter { $0.isLetter || $0.isNumber })
    }
    let one = core(self)
    let two = core(other)
    return !one.isEmpty && !two.isEmpty && (one.hasPrefix(two) || two.hasPrefix(one))
  }
}
