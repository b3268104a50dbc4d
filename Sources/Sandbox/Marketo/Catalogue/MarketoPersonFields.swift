/// The fields that every person has ("Lead field reference": numbers, names, types and lengths).
enum MarketoPersonFields {
  /// All of them, in the order of describe.json.
  static let standard: [MarketoField] =
    MarketoCompanyFields.shared.map { field in
      var mirror = field
      mirror.home = .company
      return mirror
    } + identity + contact + origin + standing + scores + social + inferred

  /// The field of each name.
  static let byName = Dictionary(standard.map { ($0.name, $0) }) { first, _ in first }

  private static let identity: [MarketoField] = [
    .init(
      id: 41, name: "externalCompanyId", displayName: "External Company Id", type: .string,
      length: 50, home: .companyKey),
    .init(
      id: 44, name: "id", displayName: "Id", type: .integer, access: .systemKey,
      isSearchable: true),
    .init(
      id: 45, name: "mktoName", displayName: "Full Name", type: .string, length: 255,
      access: .readOnly, home: .composedName),
    .init(
      id: 46, name: "personType", displayName: "Person Type", type: .string, length: 50,
      whenEmpty: .text("contact")),
    flag(48, "mktoIsPartner", "Is Partner"),
    .init(
      id: 49, name: "isLead", displayName: "Is Lead", type: .boolean,
      whenEmpty: .boolean(true)),
    flag(50, "mktoIsCustomer", "Is Customer"),
    flag(51, "isAnonymous", "Is Anonymous"),
    text(52, "salutation", "Salutation"),
    text(53, "firstName", "First Name"),
    text(54, "middleName", "Middle Name"),
    text(55, "lastName", "Last Name"),
    .init(
      id: 56, name: "email", displayName: "Email Address", type: .email, length: 255,
      isSearchable: true),
    .init(
      id: 63, name: "contactCompany", displayName: "Contact Company", type: .reference,
      access: .readOnly),
    .init(
      id: 138, name: "cookies", displayName: "Cookies", type: .string, length: 255,
      isSearchable: true),
    .init(
      id: 139, name: "externalSalesPersonId", displayName: "External Sales Person Id",
      type: .string, length: 50),
    .init(
      id: 143, name: "leadPerson", displayName: "Lead Person", type: .reference,
      access: .readOnly, home: .ownID),
    .init(
      id: 183, name: "personPrimaryLeadInterest", displayName: "Person Primary Lead Interest",
      type: .reference, access: .readOnly, home: .ownID),
    .init(
      id: 456, name: "leadPartitionId", displayName: "Lead Partition Id", type: .reference,
      access: .systemKey, isSearchable: true),
  ]

  private static let contact: [MarketoField] = [
    .init(id: 57, name: "phone", displayName: "Phone Number", type: .phone, length: 255),
    .init(
      id: 58, name: "mobilePhone", displayName: "Mobile Phone Number", type: .phone,
      length: 255),
    .init(id: 59, name: "fax", displayName: "Fax Number", type: .phone, length: 255),
    text(62, "title", "Job Title"),
    .init(id: 64, name: "dateOfBirth", displayName: "Date of Birth", type: .date),
    .init(id: 65, name: "address", displayName: "Address", type: .text),
    text(66, "city", "City"),
    text(67, "state", "State"),
    text(68, "country", "Country"),
    text(69, "postalCode", "Postal Code"),
    .init(
      id: 70, name: "personTimeZone", displayName: "Person Time Zone", type: .string,
      length: 255, access: .readOnly),
    .init(id: 91, name: "mktoPersonNotes", displayName: "Person Notes", type: .text),
    .init(id: 122, name: "anonymousIP", displayName: "Anonymous IP", type: .string, length: 255),
    text(128, "department", "Department"),
  ]

  private static let origin: [MarketoField] = [
    fixed(72, "originalSourceType", "Original Source Type", 255),
    fixed(73, "originalSourceInfo", "Original Source Info", 2000),
    text(74, "registrationSourceType", "Registration Source Type"),
    .init(
      id: 75, name: "registrationSourceInfo", displayName: "Registration Source Info",
      type: .string, length: 2000),
    fixed(76, "originalSearchEngine", "Original Search Engine", 255),
    fixed(77, "originalSearchPhrase", "Original Search Phrase", 255),
    .init(
      id: 78, name: "originalReferrer", displayName: "Original Referrer", type: .url,
      length: 255, access: .readOnly),
    .init(
      id: 132, name: "createdAt", displayName: "Created At", type: .datetime,
      access: .readOnly),
    .init(
      id: 133, name: "updatedAt", displayName: "Updated At", type: .datetime,
      access: .readOnly),
    .init(id: 145, name: "leadRole", displayName: "Lead Role", type: .string, length: 50),
    text(146, "leadSource", "Lead Source"),
    text(147, "leadStatus", "Lead Status"),
    .init(
      id: 608, name: "acquisitionProgramId", displayName: "Acquisition Program",
      type: .reference),
    .init(id: 610, name: "mktoAcquisitionDate", displayName: "Acquisition Date", type: .datetime),
    .init(
      id: 911, name: "legacyRollup", displayName: "Legacy Rollup", type: .leadFunction,
      access: .readOnly, home: .nowhere),
  ]

  private static let standing: [MarketoField] = [
    flag(79, "emailInvalid", "Email Invalid"),
    text(80, "emailInvalidCause", "Email Invalid Cause"),
    flag(81, "unsubscribed", "Unsubscribed"),
    .init(
      id: 83, name: "unsubscribedReason", displayName: "Unsubscribed Reason", type: .string,
      length: 2000),
    flag(84, "doNotCall", "Do Not Call"),
    text(85, "mktoDoNotCallCause", "Do Not Call Cause"),
    .init(
      id: 86, name: "doNotCallReason", displayName: "Do Not Call Reason", type: .string,
      length: 2000),
    flag(87, "marketingSuspended", "Marketing Suspended"),
    text(88, "marketingSuspendedCause", "Marketing Suspended Cause"),
    flag(89, "blackListed", "Black Listed"),
    text(90, "blackListedCause", "Black Listed Cause"),
    flag(125, "emailSuspended", "Email Suspended"),
    text(126, "emailSuspendedCause", "Email Suspended Cause"),
    .init(id: 127, name: "emailSuspendedAt", displayName: "Email Suspended At", type: .datetime),
  ]

  private static let scores: [MarketoField] = [
    .init(id: 148, name: "leadScore", displayName: "Lead Score", type: .integer),
    .init(id: 149, name: "urgency", displayName: "Urgency", type: .float),
    .init(id: 150, name: "priority", displayName: "Priority", type: .integer),
    .init(id: 151, name: "relativeScore", displayName: "Relative Score", type: .integer),
    .init(id: 152, name: "relativeUrgency", displayName: "Relative Urgency", type: .integer),
    text(162, "rating", "Lead Rating"),
    .init(
      id: 462, name: "leadRevenueCycleModelId", displayName: "Lead Revenue Cycle Model",
      type: .reference),
    .init(
      id: 464, name: "leadRevenueStageId", displayName: "Lead Revenue Stage",
      type: .reference),
  ]

  private static let social: [MarketoField] = [
    .init(id: 167, name: "gender", displayName: "Gender", type: .string, length: 10),
    .init(
      id: 168, name: "facebookId", displayName: "Facebook Id", type: .string, length: 64,
      isSearchable: true),
    .init(
      id: 169, name: "twitterId", displayName: "Twitter Id", type: .string, length: 64,
      isSearchable: true),
    .init(
      id: 170, name: "linkedInId", displayName: "LinkedIn Id", type: .string, length: 64,
      isSearchable: true),
    .init(
      id: 171, name: "syndicationId", displayName: "Syndication Id", type: .string,
      length: 64),
  ]

  private static let inferred: [MarketoField] = [
    fixed(108, "inferredCompany", "Inferred Company", 255),
    fixed(109, "inferredCountry", "Inferred Country", 255),
    fixed(110, "inferredCity", "Inferred City", 255),
    fixed(111, "inferredStateRegion", "Inferred State Region", 255),
    fixed(112, "inferredPostalCode", "Inferred Postal Code", 255),
    fixed(113, "inferredMetropolitanArea", "Inferred Metropolitan Area", 255),
    fixed(114, "inferredPhoneAreaCode", "Inferred Phone Area Code", 255),
  ]

  private static func text(_ id: Int64, _ name: String, _ displayName: String) -> MarketoField {
    .init(id: id, name: name, displayName: displayName, type: .string, length: 255)
  }

  private static func flag(_ id: Int64, _ name: String, _ displayName: String) -> MarketoField {
    .init(
      id: id, name: name, displayName: displayName, type: .boolean, whenEmpty: .boolean(false))
  }

  private static func fixed(
    _ id: Int64, _ name: String, _ displayName: String, _ length: Int
  ) -> MarketoField {
    .init(
      id: id, name: name, displayName: displayName, type: .string, length: length,
      access: .readOnly)
  }
}
