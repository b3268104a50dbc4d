import Model
import Transport

/// What the service says of one record of a write.
enum RecordStatus: Hashable, Sendable {
  /// With the id that the service gave or found, where it says it.
  case done(id: String?)
  case skipped(Reason)
  /// Neither: an answer that its documentation does not allow.
  case unclear

  /// The first of a skipped record's reasons.
  struct Reason: Hashable, Sendable {
    var code: String
    /// The service's own words; they may quote a person's data.
    var message: String
  }

  init(_ item: JSON) {
    switch item["status"]?.string?.lowercased() {
    case "created", "updated", "deleted": self = .done(id: item["id"]?.plainText)
    case "skipped":
      let reason = item["reasons"]?.array?.first
      self = .skipped(
        Reason(
          code: reason?["code"]?.plainText ?? "", message: reason?["message"]?.string ?? ""))
    default: self = .unclear
    }
  }
}
