import Model

/// The kinds of fields that a case names by one word, each with the storage of both sides.
public enum FieldKind: String, CaseIterable, Hashable, Sendable {
  case text
  /// Dynamics cuts blanks at the end.
  case trimmed
  /// Marketo cuts blanks at both ends.
  case stripped
  /// Marketo cuts after five letters.
  case short
  /// Dynamics keeps two decimals.
  case money
  /// Marketo keeps one decimal, Dynamics two.
  case coarse
  /// Whole numbers on both sides.
  case number
  case optOut = "opt-out"
  /// 1 Advertisement, 8 Web; Marketo holds the label.
  case option
  /// Marketo stores lower case.
  case folded
  case date
  case instant
  /// Marketo's field cannot be without a text.
  case required
  /// Marketo's field belongs to the company, once the person has one.
  case company = "of_company"
  case key
  case isDeleted = "is_deleted"
  case owner
  case account

  var derivation: Derivation? {
    switch self {
    case .key: .key
    case .isDeleted: .isDeleted
    case .owner: .owner
    case .account: .account
    default: nil
    }
  }

  var metadata: (dynamics: FieldMetadata, marketo: FieldMetadata) {
    let type: FieldType =
      switch self {
      case .money, .coarse: .decimal
      case .number: .integer
      case .optOut, .isDeleted: .boolean
      case .date: .date
      case .instant: .instant
      default: .text
      }
    var dynamics = FieldMetadata(type)
    var marketo = FieldMetadata(type)
    switch self {
    case .trimmed: dynamics.text.trimsTrailing = true
    case .stripped: (marketo.text.trimsLeading, marketo.text.trimsTrailing) = (true, true)
    case .short: (marketo.length, marketo.text.cutsOverlong) = (5, true)
    case .money: dynamics.scale = 2
    case .coarse: (dynamics.scale, marketo.scale) = (2, 1)
    case .option:
      dynamics.type = .option
      dynamics.options = [Option(1, "Advertisement"), Option(8, "Web")]
    case .folded: marketo.text.lowercases = true
    case .required: marketo.isRequired = true
    case .company: marketo.isOfCompany = true
    default: break
    }
    return (dynamics, marketo)
  }
}
