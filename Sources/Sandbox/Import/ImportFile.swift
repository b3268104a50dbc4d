/// A file that an import reads; each may be missing, though not all.
public enum ImportFile: String, CaseIterable, Hashable, Sendable {
  case teams = "sales_teams.csv"
  case accounts = "accounts.csv"
  case pipeline = "sales_pipeline.csv"
  case people = "people.csv"

  /// The columns that the file must have; others are passed over.
  var columns: [String] {
    switch self {
    case .teams: ["sales_agent", "manager", "regional_office"]
    case .accounts:
      [
        "account", "sector", "year_established", "revenue", "employees", "office_location",
        "subsidiary_of",
      ]
    case .pipeline:
      [
        "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date",
        "close_date", "close_value",
      ]
    case .people:
      [
        "first", "last", "company", "street", "city", "county", "state", "zip", "phone1",
        "phone2", "email",
      ]
    }
  }

  /// Whether the columns go by their place alone, so that a header may be left out.
  var goesByPlace: Bool { self == .people }
}
