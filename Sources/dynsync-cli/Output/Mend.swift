import Dynamics
import Marketo
import Store

/// What a person can do about an entry of the error list.
enum Mend {
  /// By the service's code, else by the kind of trouble; `nil` where only the service's words can
  /// tell.
  static func text(side: String, kind: String, code: String?) -> String? {
    guard kind == "rejected" else { return byKind[kind] }
    guard let code else { return nil }
    if let own = byOwnCode[code] { return own }
    return side == "dynamics"
      ? DynamicsMends.byCode[code.lowercased()] : MarketoMends.byCode[code]
  }

  /// Every mend with whose code, or kind of trouble, it is for: the page of the documentation.
  static var listed: [(of: String, code: String, text: String)] {
    let parts: [(String, [String: String])] = [
      ("Dynamics", DynamicsMends.byCode), ("Marketo", MarketoMends.byCode),
      ("dynsync", byOwnCode), ("kind", byKind),
    ]
    return parts.flatMap { name, mends in
      mends.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
        .map { (of: name, code: $0.key, text: $0.value) }
    }
  }

  /// What dynsync's own rejections ask for.
  private static let byOwnCode = [
    "dynsync:lookup": "map the look-up to a table that it may point at",
    "dynsync:refused": "look at the record's values: one of them spoils the whole call",
    "dynsync:unanswered":
      "look at the record's values, or give the service's support the request",
  ]

  private static let byKind = [
    "ambiguous":
      "merge the duplicates, or write the right record's Dynamics id into the person's key field",
    "manual": "give both sides the same value, or give the field a winner in dynsync.yaml",
    "untranslatable": "add the option to the field on this side, or change the value on the other",
  ]
}
