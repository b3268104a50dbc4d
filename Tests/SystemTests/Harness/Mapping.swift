/// The default field map as this test understands it, written down apart from the program's.
struct Mapping {
  enum Kind {
    case text
    case flag
    case money
    case whole
    /// A whole number from 0 to 100.
    case percent
    /// A day, such as `2026-03-28`.
    case day
    /// A text that is never empty.
    case name
    /// A choice: Marketo holds its label.
    case choice
    /// A choice that only goes to Marketo.
    case state
  }

  struct Pair {
    let dynamics: String
    let marketo: String
    let kind: Kind

    init(_ dynamics: String, _ marketo: String, _ kind: Kind = .text) {
      self.dynamics = dynamics
      self.marketo = marketo
      self.kind = kind
    }
  }

  static let person = [
    Pair("salutation", "salutation"), Pair("firstname", "firstName"),
    Pair("middlename", "middleName"), Pair("lastname", "lastName"),
    Pair("emailaddress1", "email"), Pair("jobtitle", "title"), Pair("telephone1", "phone"),
    Pair("mobilephone", "mobilePhone"), Pair("address1_line1", "address"),
    Pair("address1_city", "city"), Pair("address1_stateorprovince", "state"),
    Pair("address1_country", "country"), Pair("address1_postalcode", "postalCode"),
    Pair("description", "mktoPersonNotes"), Pair("donotphone", "doNotCall", .flag),
    Pair("donotbulkemail", "unsubscribed", .flag), Pair("statecode", "leadStatus", .state),
  ]

  static let lead =
    person + [
      Pair("fax", "fax"), Pair("leadsourcecode", "leadSource", .choice),
      Pair("leadqualitycode", "rating", .choice), Pair("companyname", "company"),
      Pair("revenue", "annualRevenue", .money),
    ]

  static let account = [
    Pair("name", "company"), Pair("address1_line1", "billingStreet"),
    Pair("address1_city", "billingCity"), Pair("address1_stateorprovince", "billingState"),
    Pair("address1_country", "billingCountry"), Pair("address1_postalcode", "billingPostalCode"),
    Pair("telephone1", "mainPhone"), Pair("websiteurl", "website"),
    Pair("industrycode", "industry", .choice), Pair("revenue", "annualRevenue", .money),
    Pair("numberofemployees", "numberOfEmployees", .whole), Pair("sic", "sicCode"),
    Pair("description", "mktoCompanyNotes"),
  ]

  static let user = [
    Pair("internalemailaddress", "email"), Pair("firstname", "firstName"),
    Pair("lastname", "lastName"), Pair("title", "title"), Pair("address1_telephone1", "phone"),
  ]

  static let team = [Pair("name", "lastName", .name), Pair("emailaddress", "email")]

  static let opportunity = [
    Pair("name", "name", .name), Pair("description", "description"),
    Pair("closeprobability", "probability", .percent),
    Pair("estimatedclosedate", "closeDate", .day),
  ]

  static let subscription = [
    Pair("new_name", "name", .name), Pair("new_plan", "plan", .choice),
    Pair("new_amount", "amount", .money), Pair("new_startdate", "startDate", .day),
    Pair("new_active", "isActive", .flag),
  ]
}
