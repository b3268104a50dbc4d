import Model

/// Something that a person does on one side; `who` chooses among the records that there are then.
public struct HumanEvent: Hashable, Sendable, Codable {
  public var kind: Kind
  public var who: Int
  /// Another record, where two take part; the field, where one is edited.
  public var what: Int
  /// A number that no other event has: what is typed holds it.
  public var number: Int

  public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
    case newLead = "new_lead"
    case newContact = "new_contact"
    case newAccount = "new_account"
    case newUser = "new_user"
    case recreate
    case newPerson = "new_person"
    case editLead = "edit_lead"
    case editContact = "edit_contact"
    case editAccount = "edit_account"
    case editPerson = "edit_person"
    /// Of the fields that were edited last: edited once more, or on the other side.
    case editAgain = "edit_again"
    case editCompany = "edit_company"
    case optOutInDynamics = "opt_out_in_dynamics"
    case optOutInMarketo = "opt_out_in_marketo"
    case optInInDynamics = "opt_in_in_dynamics"
    case optInInMarketo = "opt_in_in_marketo"
    case deleteLead = "delete_lead"
    case deleteContact = "delete_contact"
    case deletePerson = "delete_person"
    case mergeLeads = "merge_leads"
    case mergeContacts = "merge_contacts"
    case mergePersons = "merge_persons"
    case qualify
    case reown
    case moveAccount = "move_account"
    case leaveAccount = "leave_account"
    case relabel
    case leaveFilter = "leave_filter"
    case enterFilter = "enter_filter"
    case deactivate
    case editKey = "edit_key"
    case copyKey = "copy_key"
    case request
    case newOpportunity = "new_opportunity"
    case moveOpportunity = "move_opportunity"
    case closeOpportunity = "close_opportunity"
    case connect
    case disconnect
    case newCustom = "new_custom"
    case editCustom = "edit_custom"
    case moveCustom = "move_custom"
  }

  public init(_ kind: Kind, who: Int, what: Int, number: Int) {
    self.kind = kind
    self.who = who
    self.what = what
    self.number = number
  }
}
