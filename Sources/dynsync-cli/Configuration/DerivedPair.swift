import Model

/// A Marketo field that dynsync fills by itself.
struct DerivedPair: Hashable, Sendable {
  var derivation: Derivation
  var marketo: FieldName
  /// The entities whose links the value may come from: one of them must be synced.
  ///
  /// Empty where the value comes from the record alone.
  var needs: [Entity] = []
  /// Whether a configured pair that names the same Marketo field takes its place.
  var isOverridable = false

  /// The owner's sales person.
  static let owner = DerivedPair(
    derivation: .owner, marketo: "externalSalesPersonId", needs: [.user, .team])
  /// The account's company.
  static let account = DerivedPair(
    derivation: .account, marketo: "externalCompanyId", needs: [.account])

  /// What a person carries; `key` is the field that holds the Dynamics id.
  static func person(_ key: FieldName) -> [DerivedPair] {
    [
      DerivedPair(derivation: .key, marketo: key),
      DerivedPair(derivation: .type, marketo: "dynamicsType"),
      DerivedPair(derivation: .isDeleted, marketo: "dynamicsIsDeleted"),
      DerivedPair(derivation: .syncAs, marketo: "dynamicsSyncAs"),
      owner,
    ]
  }

  /// What an opportunity carries.
  static let opportunity = [
    owner, account,
    DerivedPair(derivation: .amount, marketo: "amount", isOverridable: true),
    DerivedPair(derivation: .stage, marketo: "stage", isOverridable: true),
    DerivedPair(derivation: .isClosed, marketo: "isClosed", isOverridable: true),
    DerivedPair(derivation: .isWon, marketo: "isWon", isOverridable: true),
  ]

  /// What a role is.
  static let role = [
    DerivedPair(derivation: .opportunity, marketo: "externalOpportunityId"),
    DerivedPair(derivation: .person, marketo: "leadId"),
    DerivedPair(derivation: .role, marketo: "role"),
  ]

  /// Whether one of `pairs` takes this one's place.
  func isReplaced(by pairs: [FieldPair]) -> Bool {
    isOverridable && pairs.contains { $0.marketo.isSameColumn(as: marketo) }
  }
}

extension FieldName {
  /// Whether both would name one column: the database tells no capitals apart.
  func isSameColumn(as other: FieldName) -> Bool {
    rawValue.lowercased() == other.rawValue.lowercased()
  }
}
