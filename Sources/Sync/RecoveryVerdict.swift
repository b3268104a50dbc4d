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
  /// Several records carry the key of a create: which of them it made is not guessed.
  case ambiguous
  /// Neither what was sent nor what stood before is there: evidence must decide.
  ///
  /// `until`: without evidence, the moment from which on it cannot take effect any more; `nil`: now.
  case unclear(Record, until: Instant?)

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
    case (.create, .several): return .ambiguous
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

  /// A write takes effect as a whole: one field that holds what was sent tells of all that were read.
  ///
  /// Unless another is as before: then somebody may have set the one, as people set the same box on
  /// both sides.
  private static func judge(
    _ operation: StoredOperation, _ record: Record, isSettled: Bool, settlesBy: Instant
  ) -> RecoveryVerdict {
    let telling = operation.fields.filter { $0.predicted != $0.before }
    let now = telling.compactMap { field in record.fields[field.field].map { (field, $0) } }
    let isTold = now.contains { $0.1 == $0.0.predicted }
    if isTold, !now.contains(where: { $0.1 == $0.0.before }) {
      return .applied(
        id: record.id.text, record: record, evidence: "the value that was sent was found")
    }
    let isUntouched =
      telling.isEmpty || !now.isEmpty && now.allSatisfy { $0.1 == $0.0.before }
    // Once the record has another version, the precondition keeps a late write out.
    let isKeptOut =
      if case .update(let version?) = operation.action { record.version != version } else { false }
    guard isUntouched else {
      return .unclear(record, until: isSettled || isKeptOut ? nil : settlesBy)
    }
    return isSettled || isKeptOut ? .absent : .tooEarly(until: settlesBy)
  }

  /// The fields that a service altered, if the record's history tells that the write took effect; `nil`
  /// if it does not.
  ///
  /// It does if it holds, as a change through the API, a value that was sent or another form of it. What
  /// the record held then is such a form if that change left it. What a record is created with is no
  /// change. Where no history is kept, `nil`, other forms of all texts that were sent tell it.
  public static func altered(
    _ operation: StoredOperation, _ record: Record, told notices: [Notice]?
  ) -> Set<FieldName>? {
    guard let notices else { return reshaped(operation, record) }
    var isApplied = false
    var altered: Set<FieldName> = []
    for field in operation.fields where field.predicted != field.before {
      guard let now = record.fields[field.field] else { continue }
      let told = notices.filter { notice in
        guard notice.record == record.id, case .changed(field.field, _) = notice.event else {
          return false
        }
        return true
      }
      if told.contains(where: { $0.isWrite(of: field.predicted) }) { isApplied = true }
      let isOurs =
        told.isEmpty
        ? operation.createKey != nil && now.resembles(field.predicted)
        : told.last { $0.tells(now) }?.isWrite(of: field.predicted) ?? false
      guard isOurs else { continue }
      isApplied = true
      if now != field.predicted { altered.insert(field.field) }
    }
    return isApplied ? altered : nil
  }
}

extension RecoveryVerdict {
  /// The texts that a service stored in another form, if everything that it holds is what was sent.
  private static func reshaped(_ operation: StoredOperation, _ record: Record) -> Set<FieldName>? {
    var altered: Set<FieldName> = []
    for field in operation.fields where field.predicted != field.before {
      guard let now = record.fields[field.field], now != field.predicted else { continue }
      // What stood before may have been such a form already.
      let isForm = now == field.before ? now.core == field.predicted.core : true
      if case .text = field.predicted, isForm, now.resembles(field.predicted) {
        altered.insert(field.field)
      } else if operation.createKey == nil {
        return nil
      }
    }
    return altered.isEmpty ? nil : altered
  }
}

extension Notice {
  /// Whether it tells of a change through the API to the value, or to another form of it.
  func isWrite(of value: Value) -> Bool {
    guard isFromAPI, case .changed(_, let text) = event else { return false }
    return text == value.canonicalText || text.map { Value.text($0).resembles(value) } ?? false
  }

  /// Whether it tells of a change to this very value.
  func tells(_ value: Value) -> Bool {
    guard case .changed(_, let text) = event else { return false }
    return text == value.canonicalText
  }
}

extension Value {
  /// Whether one may be another form of the other: cut, trimmed, or in other letters.
  func resembles(_ other: Value) -> Bool {
    let (one, two) = (core, other.core)
    return !one.isEmpty && !two.isEmpty && (one.hasPrefix(two) || two.hasPrefix(one))
  }

  /// Its letters and digits.
  fileprivate var core: String {
    String((canonicalText ?? "").lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
