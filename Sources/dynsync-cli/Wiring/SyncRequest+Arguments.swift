import Model
import Sync

extension SyncRequest {
  /// What is asked for: each person once, in the order in which they were named.
  static func all(
    _ persons: [String], as kind: PersonKind, assignTo: String?, rules: SyncRules
  ) throws(CommandError) -> [SyncRequest] {
    let entity = kind == .lead ? Entity.lead : .contact
    guard let rule = rules.rule(for: entity) else {
      throw CommandError(
        .usage, "sync-person: '\(entity)' is no entity of the configuration",
        mend: "add it to entities, or name the other with --as")
    }
    guard rule.direction.allows(writingTo: .dynamics) else {
      throw CommandError(
        .usage, "sync-person: by its direction, '\(entity)' never writes to Dynamics",
        mend: "write 'direction: both' in entities.\(entity)")
    }
    var seen: Set<Int64> = []
    return persons.compactMap(marketoID).filter { seen.insert($0).inserted }.map {
      SyncRequest(person: .marketo(String($0)), entity: entity, assignTo: assignTo)
    }
  }

  /// Reads a Marketo id; `nil` where `text` is no whole number above 0.
  static func marketoID(_ text: String) -> Int64? {
    guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
    return Int64(text).flatMap { $0 > 0 ? $0 : nil }
  }
}
