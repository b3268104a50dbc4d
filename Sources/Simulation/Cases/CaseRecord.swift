import Model
import Store

/// What is true of a case's record beside its fields; all of it may be left out.
struct CaseRecord: Hashable, Sendable, Decodable {
  /// Whether the record is gone in Dynamics.
  var isDeleted = false
  /// Whether the filter leaves it out.
  var isLeftOut = false
  /// The contact that a lead became.
  var became: String?
  /// The record that it was merged into.
  var mergedInto: String?
  /// Whether the person has a company.
  var hasCompany = false
  var link = Link.State.active
  /// Whether the record has no counterpart yet.
  var isNew = false
  var onDelete = DeletePolicy.keep
  /// Whether roles of an opportunity stand in Marketo.
  var hasRoles = false

  init() {}

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case deleted, became, link, roles
    case leftOut = "left_out"
    case mergedInto = "merged_into"
    case hasCompany = "has_company"
    case onDelete = "on_delete"
  }

  /// The states of a link, and that there is none.
  private enum LinkWord: String, CaseIterable {
    case active, converted, merged, deleted, unlinked, none
  }

  init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func isSaid(_ key: CodingKeys) throws -> Bool {
      try container.decodeIfPresent(Bool.self, forKey: key) ?? false
    }
    isDeleted = try isSaid(.deleted)
    isLeftOut = try isSaid(.leftOut)
    became = try container.decodeIfPresent(String.self, forKey: .became)
    mergedInto = try container.decodeIfPresent(String.self, forKey: .mergedInto)
    hasCompany = try isSaid(.hasCompany)
    let word = try container.word(.link, of: LinkWord.self) ?? .active
    isNew = word == .none
    link = Link.State(rawValue: word.rawValue) ?? .active
    onDelete = try container.word(.onDelete) ?? .keep
    hasRoles = try isSaid(.roles)
  }
}
